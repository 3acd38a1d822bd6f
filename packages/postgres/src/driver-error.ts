import { CsatError, errorCode, errorName, errorsWithin, errorWords, fieldOf, isCsatError } from "@csat/core";

/**
 * Wraps what a driver threw, once: a CsatError passes through. `cause` is a copy of the driver's error that keeps its
 * name, `code` (the SQLSTATE, or the system's code) and what it says of tables and constraints, and drops whatever
 * may hold a value: drizzle's message quotes the parameters, the server's `detail` the row, PGlite and postgres.js
 * keep the parameters beside it. They would carry comments and addresses into the host's logs.
 */
export function storageFailed(doing: string, error: unknown): CsatError {
  if (isCsatError(error)) return error;
  const code = errorCode(error);
  const said = code === null ? "" : ` (${code})`;
  return new CsatError("storage_failed", `The database failed while ${doing}${said}. ${remedy(code)}`, {
    cause: withoutValues(error, code),
  });
}

const keptFields = ["severity", "schema", "table", "constraint", "routine", "syscall", "address"] as const;

function withoutValues(error: unknown, code: string | null): Error & { readonly code?: string } {
  const own = driverError(error, code);
  const copy: Error & { code?: string } = new Error(valueFreeMessage(own, code));
  copy.name = errorName(own);
  if (code !== null) copy.code = code;
  for (const field of keptFields) {
    // Drivers disagree: pg and PGlite say `table`, postgres.js says `table_name`.
    const value = textOf(own, field) ?? textOf(own, `${field}_name`);
    if (value !== null) Object.defineProperty(copy, field, { value, enumerable: true });
  }
  return copy;
}

/** Of an error and those that it wraps the driver's own: it carries the code, else it lies innermost. One with words first. */
function driverError(error: unknown, code: string | null): unknown {
  const all = errorsWithin(error).filter((one) => textOf(one, "message") !== null);
  const coded = all.filter((one) => fieldOf(one, "code") === code);
  // An attempt to connect to several addresses fails with a list of errors and no words of its own.
  return coded.find((one) => textOf(one, "message") !== "") ?? coded[0] ?? all.at(-1) ?? error;
}

// Classes of SQLSTATE whose messages name objects, states and limits, never the values of a row: connection, session,
// catalog, concurrency, syntax and access, resources, locks, operator's work, system. Data exceptions (22) and
// integrity violations (23) quote values, triggers of the host (P0) may say anything.
const valueFreeClasses = new Set(["08", "25", "28", "3D", "3F", "40", "42", "53", "55", "57", "58"]);
const sqlStatePattern = /^[0-9A-Z]{5}$/;
// ECONNREFUSED and its like, and what postgres.js calls its own; Node's ERR_… quote the argument they refuse.
const systemCodePattern = /^(E(?!RR_)[A-Z]+|CONNECTION_[A-Z]+|CONNECT_TIMEOUT)$/;

function valueFreeMessage(error: unknown, code: string | null): string {
  const leftOut = "The driver's own message is left out: it may quote values.";
  // What drivers say about their own state carries no code.
  if (code === null) return errorWords(error) || leftOut;
  const isKnown =
    systemCodePattern.test(code) || (sqlStatePattern.test(code) && valueFreeClasses.has(code.slice(0, 2)));
  return (isKnown ? textOf(error, "message") : null) ?? leftOut;
}

function remedy(code: string | null): string {
  if (code === null) return "Its cause tells more.";
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

function textOf(source: unknown, name: string): string | null {
  const value = fieldOf(source, name);
  return typeof value === "string" ? value : null;
}
