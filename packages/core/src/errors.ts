/** Names of everything the library throws on purpose. A new code is a minor release, a removed one a major. */
export type CsatErrorCode =
  /** An option of `createCsat` or of an adapter is wrong. Thrown at start-up only. */
  | "invalid_config"
  /** The caller's values failed their schema; `issues` says where. */
  | "invalid_input"
  /** The token is unknown or malformed, or its survey was erased. */
  | "survey_not_found"
  /** A host's function or an adapter answered out of shape; `issues` names the fields. Its work is put off and tried again. */
  | "invalid_answer"
  /** The survey was answered before; HTTP 409. */
  | "already_responded"
  /** The workspace ends links, and this one's time is over; HTTP 410. */
  | "survey_expired"
  /** The database refused or could not be reached; `cause` holds the driver's error. */
  | "storage_failed"
  /** The scheduler's engine is out of reach. Costs punctuality only: the sweep finds the work. */
  | "scheduler_unavailable"
  // Raised by the HTTP layer alone.
  | "unauthorized"
  | "forbidden"
  | "not_found"
  | "payload_too_large"
  | "too_many_requests";

/** One wrong value: `path` is dotted (`subject`, `0.ticketId`), empty for the whole. */
export interface CsatIssue {
  readonly path: string;
  readonly message: string;
}

const BRAND = Symbol.for("csat.error");

/**
 * The only error this library throws. The message says what happened, to which id, and what to do;
 * it never holds a token, an address or a comment.
 */
export class CsatError extends Error {
  readonly code: CsatErrorCode;
  /** Where the values were wrong, for `invalid_input`, `invalid_config` and `invalid_answer`; else empty. */
  readonly issues: readonly CsatIssue[];

  constructor(
    code: CsatErrorCode,
    message: string,
    options: { readonly cause?: unknown; readonly issues?: readonly CsatIssue[] } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = "CsatError";
    this.code = code;
    this.issues = options.issues ?? [];
    Object.defineProperty(this, BRAND, { value: true });
  }
}

/**
 * True for a CsatError, of `code` when given, from any copy of this package and from any realm, such as the one that each
 * test file of Jest has. `instanceof` fails in both cases.
 */
export function isCsatError(error: unknown, code?: CsatErrorCode): error is CsatError {
  return (
    typeof error === "object" &&
    error !== null &&
    BRAND in error &&
    (code === undefined || ("code" in error && error.code === code))
  );
}
