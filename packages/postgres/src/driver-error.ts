import { CsatError, isCsatError } from "@csat/core";

/**
 * Wraps what a driver threw, once: a CsatError passes through. `cause` is a copy of the driver's error that keeps its
 * name, `code` (the SQLSTATE, or the system's code) and what it says of tables and constraints, and drops whatever
 * may hold a value: drizzle's message quotes the parameters, the server's `detail` the row, PGlite and postgres.js
 * keep the parameters beside it. They would carry comments and addresses into the host's logs.
 */
export function storageFailed(doing: string, error: unknown): CsatError {
  if (isCsatError(error)) return error;
  const cause = withoutValues(driverError(error));
  const code = cause.code === undefined ? "" : ` (${cause.code})`;
  return new CsatError("storage_failed", `The database failed while ${doing}${code}. ${remedy(cause.code)}`, {
    cause,
  });
}

/** SQLSTATE of a wrapped error, or the system's code such as `ECONNREFUSED`; undefined when there is none. */
export function sqlState(error: unknown): string | undefined {
  const cause = isCsatError(error) ? error.cause : driverError(error);
  return stringOf(cause, "code");
}

/** drizzle wraps the driver's error; the innermost one that carries a code is the driver's own. */
function driverError(error: unknown): unknown {
  let current = error;
  for (let depth = 0; depth < 5; depth++) {
    if (!(current instanceof Error) || stringOf(current, "code") !== undefined) return current;
    if (!(current.cause instanceof Error)) return current;
    current = current.cause;
  }
  return current;
}

const keptFields = ["severity", "schema", "table", "constraint", "routine", "syscall", "address"] as const;

function withoutValues(error: unknown): Error & { readonly code?: string } {
  const code = stringOf(error, "code");
  const copy: Error & { code?: string } = new Error(valueFreeMessage(error, code));
  const name = stringOf(error, "name");
  if (name !== undefined) copy.name = name;
  if (code !== undefined) copy.code = code;
  for (const field of keptFields) {
    // Drivers disagree: pg and PGlite say `table`, postgres.js says `table_name`.
    const value = stringOf(error, field) ?? stringOf(error, `${field}_name`);
    if (value !== undefined) Object.defineProperty(copy, field, { value, enumerable: true });
  }
  return copy;
}

// Classes of SQLSTATE whose messages name objects, states and limits, never the values of a row: connection, session,
// catalog, concurrency, syntax and access, resources, locks, operator's work, system. Data exceptions (22) and
// integrity violations (23) quote values, triggers of the host (P0) may say anything.
const valueFreeClasses = new Set(["08", "25", "28", "3D", "3F", "40", "42", "53", "55", "57", "58"]);
const sqlStatePattern = /^[0-9A-Z]{5}$/;
// ECONNREFUSED and its like, and what postgres.js calls its own; Node's ERR_… quote the argument they refuse.
const systemCodePattern = /^(E(?!RR_)[A-Z]+|CONNECTION_[A-Z]+|CONNECT_TIMEOUT)$/;
// What drivers say about their own state carries no code.
const valueFreeMessages =
  /^(Connection terminated|timeout exceeded when trying to connect|Client (was closed|has encountered)|Cannot use a pool|Query read timeout|PGlite is clos)/;

function valueFreeMessage(error: unknown, code: string | undefined): string {
  // An attempt to connect to several addresses fails with a list of errors and no words of its own.
  const speaking = error instanceof AggregateError && error.message === "" ? error.errors[0] : error;
  const message = stringOf(speaking, "message") ?? "";
  const isKnown =
    code === undefined
      ? valueFreeMessages.test(message)
      : systemCodePattern.test(code) ||
        (sqlStatePattern.test(code) && valueFreeClasses.has(code.slice(0, 2)));
  return isKnown ? message : "The driver's own message is left out: it may quote values.";
}

function remedy(code: string | undefined): string {
  if (code === undefined) return "Its cause tells more.";
  if (code === "40001" || code === "40P01") return "Nothing was written: repeat the whole transaction.";
  if (code === "42P01" || code === "3F000" || code === "42703") {
    return "Run migrate(db) of @csat/postgres, or create the tables of printMigrations().";
  }
  if (code === "42501") return "Grant the role access to the schema.";
  if (code === "25P02") return "An earlier statement of the same transaction failed: roll it back.";
  if (systemCodePattern.test(code) || code.startsWith("08") || code.startsWith("57P")) {
    return "Check that the database can be reached.";
  }
  return "Look its code up in the list of Postgres error codes.";
}

function stringOf(source: unknown, key: string): string | undefined {
  if (typeof source !== "object" || source === null || !(key in source)) return undefined;
  const value: unknown = Reflect.get(source, key);
  return typeof value === "string" ? value : undefined;
}
