import { CsatError, fieldOf, hasMethods } from "@csat/core";
import { entityKind } from "drizzle-orm";

/**
 * Passes when `db` can run statements and open transactions. Hosts without types may pass a pool, or nothing; drivers
 * without transactions, other databases and renamed columns would fail at the first survey, and some of them silently.
 * @throws CsatError `invalid_config`
 */
export function checkDatabase(db: unknown): void {
  const message = whatIsWrongWith(db);
  if (message !== null) throw new CsatError("invalid_config", message, { issues: [{ path: "db", message }] });
}

/**
 * Passes when `tx` can run statements and is no pool: each statement on that would commit by itself, maybe on another
 * connection. A drizzle database over a single connection is taken: the host may have begun a transaction there.
 * @throws CsatError `invalid_input`
 */
export function checkTransaction(tx: unknown): void {
  const message = whatIsWrongWithTransaction(tx);
  if (message !== null) throw new CsatError("invalid_input", message, { issues: [{ path: "tx", message }] });
}

const needed =
  "A database is needed: a drizzle database, a Pool of pg, a client of postgres.js, a PGlite, or { query, transaction }.";

function whatIsWrongWith(db: unknown): string | null {
  const kinds = kindsOf(db);
  if (isOtherDatabase(kinds)) return `${kinds[0]} is no drizzle database of Postgres. ${needed}`;
  const withoutTransactions = kinds.find((kind) => kind in driversWithoutTransactions);
  if (withoutTransactions !== undefined)
    return `${withoutTransactions} has no transactions. Use ${driversWithoutTransactions[withoutTransactions]}.`;
  const isDrizzle = hasMethods(db, "execute", "transaction");
  const client: unknown = isDrizzle ? Reflect.get(db, "$client") : db;
  if (isOneConnection(client))
    return "This is one connection of pg: what runs at the same time would share its transactions. Give CSAT a Pool.";
  if (isMysql(client)) return `This is a client of MySQL. ${needed}`;
  if (renamesColumns(client))
    return "This client of postgres.js transforms columns or values (postgres.camel and its like), also those of our tables. Give CSAT a client without `transform`.";
  return isDrizzle || isPool(client) || hasMethods(db, "query", "transaction") ? null : needed;
}

/** A Client of pg, or one that a pool lent. */
function isOneConnection(client: unknown): boolean {
  return hasMethods(client, "connect", "query", "escapeIdentifier");
}

/** Pools and connections of mysql2 and mysql, which speak another SQL. */
function isMysql(client: unknown): boolean {
  return hasMethods(client, "query", "format") || hasMethods(client, "query", "escapeId");
}

/** By drizzle's name for the database, with what to use instead. */
const driversWithoutTransactions: Readonly<Record<string, string>> = {
  NeonHttpDatabase: "drizzle-orm/neon-serverless (WebSocket), or drizzle-orm/node-postgres",
  PgRemoteDatabase:
    "a driver that connects, e.g. drizzle-orm/node-postgres, in place of drizzle-orm/pg-proxy",
  XataHttpDatabase: "drizzle-orm/node-postgres with Xata's Postgres address",
  PrismaPgDatabase: "drizzle-orm/node-postgres beside Prisma",
};

function whatIsWrongWithTransaction(tx: unknown): string | null {
  const handed =
    "Pass the tx that db.transaction of drizzle hands over, or { query } over a connection that began one.";
  const kinds = kindsOf(tx);
  if (isOtherDatabase(kinds)) return `tx is ${kinds[0]}, no transaction of Postgres. ${handed}`;
  if (isPool(tx)) return `tx is a pool of connections, no transaction. ${handed}`;
  if (isMysql(tx)) return `tx is of MySQL, no transaction of Postgres. ${handed}`;
  const isPostgresJs = typeof tx === "function" && hasMethods(tx, "unsafe", "savepoint");
  if (!isPostgresJs && !hasMethods(tx, "execute") && !hasMethods(tx, "query"))
    return `tx must be a transaction: an object with execute, as drizzle's, or with query. ${handed}`;
  // Transactions can roll back or begin others within themselves, databases cannot.
  const isDatabase = hasMethods(tx, "query", "transaction") || isPool(fieldOf(tx, "$client"));
  if (isDatabase && !hasMethods(tx, "rollback"))
    return `tx is the database itself, no transaction: its statements would commit one by one. ${handed}`;
  return null;
}

/** Pools of node-postgres and its like, postgres.js outside a transaction, and PGlite itself. */
function isPool(client: unknown): boolean {
  const isNodePool =
    hasMethods(client, "connect", "query") && typeof fieldOf(client, "totalCount") === "number";
  // Inside a transaction postgres.js hands over a client with savepoint and without begin, PGlite one with rollback.
  const isPostgresJs = typeof client === "function" && hasMethods(client, "unsafe", "begin");
  const isPglite = hasMethods(client, "transaction", "execProtocol") && !hasMethods(client, "rollback");
  return isNodePool || isPostgresJs || isPglite;
}

/** Drizzle's names of an object and of all that it inherits from, the most special first; empty for what is not drizzle's. */
function kindsOf(handle: unknown): readonly string[] {
  const kinds: string[] = [];
  let type: unknown = fieldOf(handle, "constructor");
  while (typeof type === "function") {
    const kind: unknown = Object.hasOwn(type, entityKind) ? Reflect.get(type, entityKind) : undefined;
    if (typeof kind === "string") kinds.push(kind);
    type = Object.getPrototypeOf(type);
  }
  return kinds;
}

function isOtherDatabase(kinds: readonly string[]): boolean {
  return kinds.length > 0 && !kinds.some((kind) => /^Pg(Async)?Database$/.test(kind));
}

function renamesColumns(client: unknown): boolean {
  if (typeof client !== "function") return false;
  const transform: unknown = fieldOf(Reflect.get(client, "options"), "transform");
  return ["column", "value", "row"].some((part) => {
    const given = fieldOf(transform, part);
    return typeof given === "function" || typeof fieldOf(given, "from") === "function";
  });
}
