import { CsatError, fieldOf, hasMethods } from "@csat/core";
import { entityKind } from "drizzle-orm";

/**
 * Passes when `db` can run statements and open transactions. Hosts without types may pass one connection, or nothing;
 * drivers without transactions and other databases would fail at the first survey, and some of them silently.
 * @throws CsatError `invalid_config`
 */
export function checkDatabase(db: unknown): void {
  const message = whatIsWrongWith(db);
  if (message !== null) throw new CsatError("invalid_config", message, { issues: [{ path: "db", message }] });
}

/**
 * Passes when `tx` can run statements and is no pool: each statement on that would commit by itself, on another
 * connection. A drizzle database over a single connection is taken: the host may have begun a transaction there.
 * @throws CsatError `invalid_input`
 */
export function checkTransaction(tx: unknown): void {
  const message = whatIsWrongWithTransaction(tx);
  if (message !== null) throw new CsatError("invalid_input", message, { issues: [{ path: "tx", message }] });
}

const needed =
  "A database is needed: a drizzle database of drizzle-orm/mysql2, a Pool of mysql2, or { query, transaction }.";

function whatIsWrongWith(db: unknown): string | null {
  const kinds = kindsOf(db);
  if (isOtherDatabase(kinds)) return `${kinds[0]} is no drizzle database of MySQL. ${needed}`;
  const withoutTransactions = kinds.find((kind) => kind in driversWithoutTransactions);
  if (withoutTransactions !== undefined)
    return `${withoutTransactions} has no transactions that last. Use ${driversWithoutTransactions[withoutTransactions]}.`;
  const isDrizzle = hasMethods(db, "execute", "transaction");
  const client: unknown = isDrizzle ? Reflect.get(db, "$client") : db;
  if (isOneConnection(client))
    return "This is one connection of mysql2: what runs at the same time would share its transactions. Give CSAT a Pool.";
  if (isOfMysql(client)) return `This is a pool of the package mysql, which knows no promises. ${needed}`;
  if (isOfPostgres(client))
    return `This is a client of Postgres: use postgresStorage of @csat/postgres. ${needed}`;
  return isDrizzle || isPool(client) || hasMethods(db, "query", "transaction") ? null : needed;
}

function isPool(client: unknown): boolean {
  return hasMethods(client, "getConnection", "execute", "query");
}

function isOneConnection(client: unknown): boolean {
  return hasMethods(client, "beginTransaction", "query") && !hasMethods(client, "getConnection");
}

function isOfMysql(client: unknown): boolean {
  return hasMethods(client, "getConnection", "query", "escape") && !hasMethods(client, "execute");
}

function isOfPostgres(client: unknown): boolean {
  return (
    hasMethods(client, "unsafe", "begin") ||
    hasMethods(client, "query", "execProtocol") ||
    (hasMethods(client, "connect", "query") && typeof fieldOf(client, "totalCount") === "number")
  );
}

/** By drizzle's name for the database, with what to use instead. */
const driversWithoutTransactions: Readonly<Record<string, string>> = {
  MySqlRemoteDatabase: "drizzle-orm/mysql2 in place of drizzle-orm/mysql-proxy",
  PlanetScaleDatabase: "drizzle-orm/mysql2 with the database's own address",
  TiDBServerlessDatabase: "drizzle-orm/mysql2 with the database's own address",
};

function whatIsWrongWithTransaction(tx: unknown): string | null {
  const handed =
    "Pass the tx that db.transaction of drizzle hands over, or { query } over a connection that began one.";
  const kinds = kindsOf(tx);
  if (isOtherDatabase(kinds)) return `tx is ${kinds[0]}, no transaction of MySQL. ${handed}`;
  if (isPool(tx) || isOfMysql(tx)) return `tx is a pool of connections, no transaction. ${handed}`;
  if (isOneConnection(tx))
    return "tx is a connection of mysql2. Pass fromMysql2(connection) of @csat/core/transactions, once it has begun a transaction.";
  if (isOfPostgres(tx)) return `tx is of Postgres, no transaction of MySQL. ${handed}`;
  if (!hasMethods(tx, "execute") && !hasMethods(tx, "query"))
    return `tx must be a transaction: an object with execute, as drizzle's, or with query. ${handed}`;
  // Transactions can roll back or begin others within themselves, databases cannot.
  const isDatabase = hasMethods(tx, "query", "transaction") || isPool(fieldOf(tx, "$client"));
  if (isDatabase && !hasMethods(tx, "rollback"))
    return `tx is the database itself, no transaction: its statements would commit one by one. ${handed}`;
  return null;
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
  return kinds.length > 0 && !kinds.includes("MySqlDatabase");
}
