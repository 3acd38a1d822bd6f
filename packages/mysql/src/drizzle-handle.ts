import type { MySqlTransactionConfig } from "drizzle-orm/mysql-core";

/**
 * Any drizzle MySQL database or transaction, whatever the driver: all it needs is `execute`. Described by its shape,
 * because drizzle declares its classes once for `import` and once for `require`, and neither fits the other.
 */
export interface DrizzleTx {
  execute(query: string | { getSQL(): unknown }): PromiseLike<unknown>;
}

/** A drizzle MySQL database that can open transactions. */
export interface DrizzleDatabase extends DrizzleTx {
  transaction<Result>(
    work: (tx: DrizzleTx) => Promise<Result>,
    config?: MySqlTransactionConfig,
  ): Promise<Result>;
}
