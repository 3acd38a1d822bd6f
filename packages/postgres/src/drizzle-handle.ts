import type { PgTransactionConfig } from "drizzle-orm/pg-core";

/**
 * Any drizzle Postgres database or transaction, whatever the driver: all it needs is `execute`. Described by its shape,
 * because drizzle declares its classes once for `import` and once for `require`, and neither fits the other.
 */
export interface DrizzleTx {
  execute(query: string | { getSQL(): unknown }): PromiseLike<unknown>;
}

/** A drizzle Postgres database that can open transactions: over node-postgres, postgres.js, PGlite or another driver. */
export interface DrizzleDatabase extends DrizzleTx {
  transaction<Result>(
    work: (tx: DrizzleTx) => Promise<Result>,
    config?: PgTransactionConfig,
  ): Promise<Result>;
}
