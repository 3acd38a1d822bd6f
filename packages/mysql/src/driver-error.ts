import { CsatError, errorCode, errorName, errorsWithin, errorWords, fieldOf, isCsatError } from "@csat/core";

/**
 * Wraps what a driver threw, once: a CsatError passes through. `cause` is a copy of the driver's error that keeps its
 * name, `code` (`ER_LOCK_DEADLOCK`, or the system's), `errno` and `sqlState`, and drops whatever may hold a value:
 * drizzle's message quotes the parameters, mysql2 keeps the statement beside it, the server quotes the row. They would
 * carry comments and addresses into the host's logs.
 */
export function storageFailed(doing: string, error: unknown): CsatError {
  if (isCsatError(error)) return error;
  const own = driverError(error);
  const code = codeOf(own);
  const said = code === null ? "" : ` (${code})`;
  return new CsatError("storage_failed", `The database failed while ${doing}${said}. ${remedy(code)}`, {
    cause: withoutValues(own, code),
  });
}

const victims = { 1213: "ER_LOCK_DEADLOCK", 1205: "ER_LOCK_WAIT_TIMEOUT" };

/**
 * True when the database ended a transaction, or one of its statements, for the sake of others: a deadlock, or a lock
 * that was awaited for too long.
 */
export function wasVictim(error: unknown): boolean {
  return errorsWithin(error).some((one) => Object.hasOwn(victims, errnoOf(one) ?? ""));
}

/** The server's number; Prisma has it as text. */
function errnoOf(error: unknown): number | null {
  const [errno, original] = [fieldOf(error, "errno"), fieldOf(error, "originalCode")];
  if (typeof errno === "number") return errno;
  return typeof original === "string" && /^\d{4}$/.test(original) ? Number(original) : null;
}

function withoutValues(own: unknown, code: string | null): Error {
  const copy = new Error(valueFreeMessage(own, code));
  copy.name = errorName(own);
  const kept = { code, errno: errnoOf(own), sqlState: fieldOf(own, "sqlState") };
  for (const [field, value] of Object.entries(kept))
    if (typeof value === "string" || typeof value === "number")
      Object.defineProperty(copy, field, { value, enumerable: true });
  return copy;
}

/** Of an error and those that it wraps the driver's own: it carries a number or a code, else it lies innermost. */
function driverError(error: unknown): unknown {
  const numbered = errorsWithin(error).find((one) => errnoOf(one) !== null);
  const all = errorsWithin(error).filter((one) => typeof fieldOf(one, "message") === "string");
  return numbered ?? all.find((one) => typeof fieldOf(one, "code") === "string") ?? all.at(-1) ?? error;
}

function codeOf(own: unknown): string | null {
  const code = fieldOf(own, "code") ?? new Map(Object.entries(victims)).get(String(errnoOf(own)));
  return typeof code === "string" && /^[A-Z][A-Z0-9_]{2,59}$/.test(code) ? code : errorCode(own);
}

// Their messages name objects, states and limits, never the values of a row or a part of a statement.
const valueFree = new Set(
  [
    ..."NO_SUCH_TABLE BAD_DB_ERROR BAD_TABLE_ERROR BAD_FIELD_ERROR TABLE_EXISTS_ERROR".split(" "),
    ..."LOCK_DEADLOCK LOCK_WAIT_TIMEOUT CHECKREAD SERVER_SHUTDOWN QUERY_INTERRUPTED STATEMENT_TIMEOUT".split(
      " ",
    ),
    ..."DBACCESS_DENIED_ERROR TABLEACCESS_DENIED_ERROR CON_COUNT_ERROR TOO_MANY_USER_CONNECTIONS".split(" "),
    ..."OPTION_PREVENTS_STATEMENT CANT_CREATE_TABLE DISK_FULL RECORD_FILE_FULL OUT_OF_RESOURCES".split(" "),
    ..."DATA_TOO_LONG NET_PACKET_TOO_LARGE BINLOG_STMT_MODE_AND_ROW_ENGINE UNKNOWN_COLLATION".split(" "),
  ].map((name) => `ER_${name}`),
);
// ECONNREFUSED and its like, and what mysql2 says of its connections; Node's ERR_… quote the argument they refuse.
const systemCodePattern = /^(E(?!R_|RR_)[A-Z]+|PROTOCOL_[A-Z_]+|POOL_[A-Z]+)$/;

function valueFreeMessage(own: unknown, code: string | null): string {
  const leftOut = "The driver's own message is left out: it may quote values.";
  // What drivers say about their own state carries no code.
  if (code === null) return errorWords(own) || leftOut;
  const message = fieldOf(own, "message");
  const isKnown = valueFree.has(code) || systemCodePattern.test(code);
  return isKnown && typeof message === "string" && message !== "" ? message : leftOut;
}

function remedy(code: string | null): string {
  if (code === null) return "Its cause tells more.";
  if (code === "ER_LOCK_DEADLOCK" || code === "ER_CHECKREAD")
    return "Nothing was written: repeat the whole transaction.";
  if (code === "ER_LOCK_WAIT_TIMEOUT")
    return "Another transaction holds a lock for too long: roll back, and repeat the whole transaction.";
  if (code === "ER_NO_SUCH_TABLE" || code === "ER_BAD_FIELD_ERROR")
    return "Run migrate(db) of @csat/mysql, or create the tables of printMigrations().";
  if (code === "ER_NET_PACKET_TOO_LARGE") return "Raise max_allowed_packet of the server.";
  if (code === "ER_BINLOG_STMT_MODE_AND_ROW_ENGINE")
    return "Set binlog_format of the server to ROW or MIXED.";
  if (/ACCESS_DENIED/.test(code)) return "Grant the user access to the database and its csat_ tables.";
  if (systemCodePattern.test(code) || code === "ER_SERVER_SHUTDOWN" || code === "ER_CON_COUNT_ERROR")
    return "Check that the database can be reached.";
  return "Look its code up in the list of MySQL or MariaDB error codes.";
}
