import { type HostTransaction, refusalOf } from "./host-transaction.ts";
import {
  type Mysql2ConnectionLike,
  type Mysql2PromiseConnectionLike,
  onConnection,
} from "./raw-connection.ts";

/**
 * The transaction that was begun on a connection of mysql2, with promises or callbacks, alone or of a pool. Each call of
 * CSAT asks it for a savepoint first, two statements: nothing else tells whether the transaction still stands.
 * @throws CsatError `invalid_input` for undefined and for a pool; from the call that it is passed to, when it has ended
 */
export function fromMysql2(connection: Mysql2ConnectionLike | Mysql2PromiseConnectionLike): HostTransaction {
  return onConnection(connection, refusalOf("fromMysql2"));
}
