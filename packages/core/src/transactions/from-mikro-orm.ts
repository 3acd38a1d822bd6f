import { hasMethods } from "../error-kind.ts";
import { fromKnex, type KnexTransaction } from "./from-knex.ts";
import { fromKysely, type KyselyTransaction } from "./from-kysely.ts";
import { ended, type HostTransaction, isDatabase, noneGiven, refusalOf } from "./host-transaction.ts";

/** What is used of an EntityManager of MikroORM. */
export interface MikroOrmEntityManager {
  getTransactionContext(): unknown;
}

/**
 * The transaction of the EntityManager that `em.transactional` of MikroORM hands over: of version 6, which runs on knex, or 7,
 * which runs on Kysely. Flush before: what the unit of work still holds is not in the database yet.
 * @throws CsatError `invalid_input` for undefined and for an EntityManager outside a transaction; from the call that it is
 *   passed to, when the transaction has ended
 */
export function fromMikroOrm(em: MikroOrmEntityManager): HostTransaction {
  const refusal = refusalOf("fromMikroOrm");
  if (em === undefined || em === null) throw refusal(noneGiven);
  const context = hasMethods(em, "getTransactionContext") ? em.getTransactionContext() : undefined;
  if (context === undefined || context === null) throw refusal(isDatabase);
  const transaction = hasMethods<KyselyTransaction>(context, "executeQuery")
    ? fromKysely(context)
    : fromKnex(context as KnexTransaction); // Checked there.
  return {
    query: (statement) => transaction.query(statement),
    assertOpen: async () => {
      if (em.getTransactionContext() !== context) throw refusal(ended);
      await transaction.assertOpen();
    },
  };
}
