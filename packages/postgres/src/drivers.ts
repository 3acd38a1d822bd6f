import { fieldOf, hasMethods } from "@csat/core";
import type { HostTransaction } from "@csat/core/transactions";
import { checkDatabase, checkTransaction } from "./check-database.ts";
import type { DrizzleDatabase, DrizzleTx } from "./drizzle-handle.ts";
import { type Executor, type PostgresExecutor, type Statement, toSql } from "./executor.ts";

/** What is used of a Pool of pg. */
export interface PgPool {
  query(statement: {
    readonly name?: string;
    readonly text: string;
    readonly values: unknown[];
  }): Promise<unknown>;
  connect(): Promise<PgClient>;
  readonly totalCount: number;
}

interface PgClient {
  query(
    statement: string | { readonly name?: string; readonly text: string; readonly values: unknown[] },
  ): Promise<unknown>;
  release(error?: boolean): void;
  on(event: "error", listener: () => void): void;
  off(event: "error", listener: () => void): void;
}

/** What is used of a transaction of postgres.js. */
export interface PostgresJsTx {
  unsafe(text: string, values: never[], options: { readonly prepare: boolean }): PromiseLike<unknown>;
}

/** What is used of a client of postgres.js. */
export interface PostgresJs extends PostgresJsTx {
  begin(options: string, work: (transaction: PostgresJsTx) => Promise<unknown>): Promise<unknown>;
}

/** What is used of a PGlite. */
export interface PgliteHandle {
  query(text: string, values: unknown[]): Promise<unknown>;
  transaction<Result>(work: (transaction: Pick<PgliteHandle, "query">) => Promise<Result>): Promise<Result>;
  readonly waitReady: Promise<void>;
}

/** Whatever a storage runs on. */
export type PostgresDatabase = DrizzleDatabase | PgPool | PostgresJs | PgliteHandle | PostgresExecutor;

/** How statements are prepared. */
export interface DriverOptions {
  /** False where a pooler before the database forgets prepared statements (PgBouncer before 1.21). */
  readonly prepare: boolean;
}

/**
 * The executor over a database. A drizzle database is used through the client that it was made of, which knows prepared
 * statements, where that is one we know, else through drizzle itself.
 * @throws CsatError `invalid_config`
 */
export function executorOf(db: unknown, options: DriverOptions): PostgresExecutor {
  checkDatabase(db);
  if (hasMethods<DrizzleDatabase>(db, "execute", "transaction"))
    return driverOf(Reflect.get(db, "$client"), options) ?? overDrizzle(db);
  const executor = driverOf(db, options);
  if (executor !== null) return executor;
  // What is left has both methods; what it answers is checked row by row.
  const own = db as PostgresExecutor;
  return {
    ...named(own, options),
    transaction: (work) => own.transaction((transaction) => work(named(transaction, options))),
  };
}

/** The executor over a transaction of the host's. @throws CsatError `invalid_input` */
export function executorOfTransaction(tx: unknown, options: DriverOptions): Executor {
  checkTransaction(tx);
  if (hasMethods<DrizzleTx>(tx, "execute")) return overDrizzleTx(tx);
  if (hasMethods<PostgresJsTx>(tx, "unsafe")) return overPostgresJsTx(tx, options);
  if (hasMethods<PgliteHandle>(tx, "query", "exec")) return overPgliteTx(tx);
  const executor = named(tx as Executor, options); // What is left has the one method: it was checked.
  if (!hasMethods<HostTransaction>(tx, "assertOpen")) return executor;
  let isOpen: Promise<void> | undefined;
  return {
    query: async (statement) => {
      isOpen ??= tx.assertOpen();
      await isOpen;
      return executor.query(statement);
    },
  };
}

/** Takes names away where they are not wanted. */
function named(executor: Executor, { prepare }: DriverOptions): Executor {
  return {
    query: ({ name, ...rest }) => executor.query(prepare && name !== undefined ? { name, ...rest } : rest),
  };
}

function driverOf(client: unknown, options: DriverOptions): PostgresExecutor | null {
  // Each is known by what no other has; only that and what is described above is used.
  if (hasMethods<PgPool>(client, "connect", "query") && typeof client.totalCount === "number")
    return overPool(client, options);
  if (typeof client === "function" && hasMethods<PostgresJs>(client, "unsafe", "begin"))
    return overPostgresJs(client, options);
  if (hasMethods<PgliteHandle>(client, "query", "transaction", "exec")) return overPglite(client);
  return null;
}

function overPool(pool: PgPool, { prepare }: DriverOptions): PostgresExecutor {
  const query = ({ name, text, values }: Statement) => ({
    text,
    values: [...values],
    ...(prepare && name !== undefined ? { name } : {}),
  });
  return {
    query: (statement) => pool.query(query(statement)),
    async transaction(work) {
      const client = await pool.connect();
      // A connection that breaks between two statements fails the next one and does not end the process.
      client.on("error", ignore);
      let isBroken = true;
      try {
        await client.query("begin isolation level read committed");
        try {
          const result = await work({ query: (statement) => client.query(query(statement)) });
          const ended = await client.query("commit");
          isBroken = false;
          // The server answers COMMIT with ROLLBACK when a statement had failed: nothing was written.
          if (fieldOf(ended, "command") === "ROLLBACK")
            throw new Error("The transaction was rolled back in place of a commit.");
          return result;
        } catch (error) {
          await client.query("rollback");
          isBroken = false;
          throw error;
        }
      } finally {
        client.off("error", ignore);
        client.release(isBroken);
      }
    },
  };
}

function overPostgresJsTx(handle: PostgresJsTx, { prepare }: DriverOptions): Executor {
  return {
    // It takes parameters of any type; its declaration knows only some.
    query: ({ name, text, values }) =>
      handle.unsafe(text, [...values] as never[], { prepare: prepare && name !== undefined }),
  };
}

function overPostgresJs(client: PostgresJs, options: DriverOptions): PostgresExecutor {
  return {
    ...overPostgresJsTx(client, options),
    transaction: (work) =>
      // `begin` unwraps arrays of promises, which no work of ours answers.
      client.begin("isolation level read committed", (transaction) =>
        work(overPostgresJsTx(transaction, options)),
      ) as ReturnType<typeof work>,
  };
}

function overPgliteTx(handle: Pick<PgliteHandle, "query">): Executor {
  return { query: ({ text, values }) => handle.query(text, [...values]) };
}

function overPglite(client: PgliteHandle): PostgresExecutor {
  return {
    ...overPgliteTx(client),
    transaction: (work) => client.transaction((transaction) => work(overPgliteTx(transaction))),
  };
}

function overDrizzleTx(handle: DrizzleTx): Executor {
  return { query: (statement) => handle.execute(toSql(statement)) };
}

function overDrizzle(db: DrizzleDatabase): PostgresExecutor {
  return {
    ...overDrizzleTx(db),
    transaction: (work) =>
      db.transaction((transaction) => work(overDrizzleTx(transaction)), { isolationLevel: "read committed" }),
  };
}

// The statement that runs, or the next one, fails of it.
function ignore(): void {}
