import { hasMethods } from "../error-kind.ts";
import { type HostTransaction, isDatabase, refusalOf } from "./host-transaction.ts";
import { onConnection, type PgClientLike } from "./raw-connection.ts";

/**
 * The transaction that was begun on a Client of pg, or on one that a pool lent. Statements have names, and are prepared once
 * per connection.
 * @throws CsatError `invalid_input` for undefined and for a pool; from the call that it is passed to, when it has ended
 */
export function fromPg(client: PgClientLike): HostTransaction {
  const refusal = refusalOf("fromPg");
  // A drizzle database, a PGlite.
  if (hasMethods(client, "transaction")) throw refusal(isDatabase);
  return onConnection(client, refusal);
}
