import { CsatError } from "@csat/core";

/**
 * Passes when `db` can run statements and open transactions. Hosts without types may pass a pool, or nothing.
 * @throws CsatError `invalid_config`
 */
export function checkDatabase(db: unknown): void {
  if (hasMethod(db, "execute") && hasMethod(db, "transaction")) return;
  const message =
    "A drizzle database is needed, e.g. drizzle(pool) of drizzle-orm/node-postgres: an object with execute and transaction.";
  throw new CsatError("invalid_config", message, { issues: [{ path: "db", message }] });
}

/**
 * Passes when `tx` can run statements.
 * @throws CsatError `invalid_input`
 */
export function checkTransaction(tx: unknown): void {
  if (hasMethod(tx, "execute")) return;
  const message =
    "tx must be the transaction that db.transaction of drizzle hands over: an object with execute.";
  throw new CsatError("invalid_input", message, { issues: [{ path: "tx", message }] });
}

function hasMethod(value: unknown, name: string): boolean {
  return typeof value === "object" && value !== null && typeof Reflect.get(value, name) === "function";
}
