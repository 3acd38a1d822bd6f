import { type CsatErrorCode, type CsatIssue, isCsatError } from "@csat/core";

/** Codes in error answers: those of `CsatError`, and two that only HTTP knows. */
export type HttpErrorCode = CsatErrorCode | "method_not_allowed" | "internal";

/** Every error answer. `issues` stands where single fields were wrong. */
export interface ErrorBody {
  readonly error: {
    readonly code: HttpErrorCode;
    readonly message: string;
    readonly issues?: readonly CsatIssue[];
  };
}

/** What a failure becomes on the wire. */
export interface DescribedError {
  readonly status: number;
  readonly body: ErrorBody;
}

/** Turns anything thrown into a status and a body. Only our own sentences get through: no stack, cause or driver message. */
export function describeError(error: unknown): DescribedError {
  if (!isCsatError(error)) return internal;
  switch (error.code) {
    case "invalid_input":
      return { status: 400, body: body(error.code, error.message, error.issues) };
    case "unauthorized":
      return { status: 401, body: body(error.code, error.message) };
    case "forbidden":
      return { status: 403, body: body(error.code, error.message) };
    case "not_found":
      return { status: 404, body: body(error.code, error.message) };
    case "survey_not_found":
      // One sentence for unknown and malformed links: the answer must not tell them apart.
      return { status: 404, body: body(error.code, "This link leads to no survey.") };
    case "already_responded":
      return {
        status: 409,
        body: body(error.code, "This survey was answered before. The first answer stands."),
      };
    case "survey_expired":
      return { status: 410, body: body(error.code, "This survey has ended. Nothing was recorded.") };
    case "payload_too_large":
      return { status: 413, body: body(error.code, error.message) };
    case "too_many_requests":
      return { status: 429, body: body(error.code, error.message) };
    case "storage_failed":
      return { status: 500, body: body(error.code, "The database did not answer. Try again in a moment.") };
    case "invalid_config":
      // At run time only the mounting can be wrong, and whoever mounts must read it.
      return { status: 500, body: body(error.code, error.message) };
    default:
      return internal;
  }
}

const internal: DescribedError = {
  status: 500,
  body: body("internal", "Something failed on the server. Try again in a moment."),
};

function body(code: HttpErrorCode, message: string, issues: readonly CsatIssue[] = []): ErrorBody {
  return { error: issues.length > 0 ? { code, message, issues } : { code, message } };
}
