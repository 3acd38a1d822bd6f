import { hasMethods } from "@csat/core";
import type { HostTransaction } from "@csat/core/transactions";
import { checkDatabase, checkTransaction } from "./check-database.ts";
import type { DrizzleDatabase, DrizzleTx } from "./drizzle-handle.ts";
import { type Executor, type MysqlExecutor, type Statement, toSql } from "./executor.ts";

/** What is used of a Pool of mysql2, with promises or callbacks. */
export type MysqlPool = PromisePool | CallbackPool;

interface CallbackPool {
  promise(): unknown;
  getConnection(work: never): unknown;
}

interface PromisePool extends Client {
  getConnection(): Promise<Connection>;
}

interface Client {
  execute(statement: object): Promise<unknown>;
  query(statement: object): Promise<unknown>;
}

interface Connection extends Client {
  release(): void;
  destroy(): void;
}

/** Whatever a storage runs on. */
export type MysqlDatabase = DrizzleDatabase | MysqlPool | MysqlExecutor;

/** How statements are sent. */
export interface DriverOptions {
  /** False where a proxy before the database forgets prepared statements: mysql2 then writes values into the text. */
  readonly prepare: boolean;
}

/**
 * The executor over a database. A drizzle database is used through the pool that it was made of, which prepares
 * statements, where it shows one, else through drizzle itself.
 * @throws CsatError `invalid_config`
 */
export function executorOf(db: unknown, options: DriverOptions): MysqlExecutor {
  checkDatabase(db);
  const isDrizzle = hasMethods<DrizzleDatabase>(db, "execute", "transaction");
  const pool = promisesOf(isDrizzle ? Reflect.get(db, "$client") : db);
  if (hasMethods<PromisePool>(pool, "getConnection", "execute", "query")) return overPool(pool, options);
  // What is left has both methods; what it answers is checked row by row.
  return isDrizzle ? overDrizzle(db) : (db as MysqlExecutor);
}

/** The executor over a transaction of the host's. @throws CsatError `invalid_input` */
export function executorOfTransaction(tx: unknown): Executor {
  checkTransaction(tx);
  if (hasMethods<DrizzleTx>(tx, "execute")) return overDrizzleTx(tx);
  const executor = tx as Executor; // What is left has the one method: it was checked.
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

/** A pool with callbacks shows the one with promises. */
function promisesOf(client: unknown): unknown {
  return hasMethods<CallbackPool>(client, "promise", "getConnection") ? client.promise() : client;
}

// Whatever the host's pool is set to: rows are objects, as the server sends them.
const asTheServerSends = {
  rowsAsArray: false,
  nestTables: false,
  namedPlaceholders: false,
  typeCast: (_field: unknown, next: () => unknown) => next(),
};

function overClient(client: Client, { prepare }: DriverOptions): Executor {
  return {
    query({ text, values }: Statement) {
      const statement = { sql: text, values: [...values], ...asTheServerSends };
      return prepare ? client.execute(statement) : client.query(statement);
    },
  };
}

function overPool(pool: PromisePool, options: DriverOptions): MysqlExecutor {
  return {
    ...overClient(pool, options),
    async transaction(work) {
      const connection = await pool.getConnection();
      let isBroken = true;
      try {
        // The level of the next transaction alone: a connection goes back to the host's pool as it was.
        await connection.query({ sql: "set transaction isolation level read committed" });
        await connection.query({ sql: "start transaction" });
        try {
          const result = await work(overClient(connection, options));
          await connection.query({ sql: "commit" });
          isBroken = false;
          return result;
        } catch (error) {
          await connection.query({ sql: "rollback" });
          isBroken = false;
          throw error;
        }
      } finally {
        if (isBroken) connection.destroy();
        else connection.release();
      }
    },
  };
}

function overDrizzleTx(handle: DrizzleTx): Executor {
  return { query: (statement) => handle.execute(toSql(statement)) };
}

function overDrizzle(db: DrizzleDatabase): MysqlExecutor {
  return {
    ...overDrizzleTx(db),
    transaction: (work) =>
      db.transaction((transaction) => work(overDrizzleTx(transaction)), { isolationLevel: "read committed" }),
  };
}
