import { ended, type HostTransaction, isDatabase, noneGiven, refusalOf } from "./host-transaction.ts";
import { onConnection } from "./raw-connection.ts";

/** What is used of an EntityManager of TypeORM. */
export interface TypeOrmEntityManager {
  readonly queryRunner?:
    | { readonly isTransactionActive: boolean; readonly isReleased: boolean; connect(): Promise<unknown> }
    | undefined;
}

/**
 * The transaction of the EntityManager that `dataSource.transaction` of TypeORM hands over, or of a QueryRunner's `manager`; on
 * Postgres (pg) or MySQL (mysql2).
 * @throws CsatError `invalid_input` for undefined and for the manager of a DataSource; from the call that it is passed to, when
 *   the transaction has ended
 */
export function fromTypeOrm(manager: TypeOrmEntityManager): HostTransaction {
  const refusal = refusalOf("fromTypeOrm");
  if (manager === undefined || manager === null) throw refusal(noneGiven);
  const { queryRunner } = manager;
  if (queryRunner === undefined || queryRunner === null) throw refusal(isDatabase);
  return {
    query: async (statement) => onConnection(await queryRunner.connect(), refusal).query(statement),
    assertOpen: async () => {
      if (queryRunner.isReleased || !queryRunner.isTransactionActive) throw refusal(ended);
    },
  };
}
