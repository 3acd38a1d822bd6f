import type { Session, Store } from "@csat/core";
import { type DrizzleTx, type Executor, mysqlStorage } from "@csat/mysql";
import { drizzle, type MySql2Database } from "drizzle-orm/mysql2";
import type { Pool, RowDataPacket } from "mysql2/promise";
import { afterAll, beforeAll } from "vitest";
import { openPool } from "./open-pool.ts";
import { aServerDatabase } from "./server-database.ts";

/** Real connections to one database of the server, for tests of what happens between them. */
export interface Connections {
  db(): MySql2Database<Record<string, never>> & { readonly $client: Pool };
  storage(): Store<DrizzleTx | Executor>;
  pool(): Pool;
  url(): string;
  /** How many statements were refused because their transaction was made the victim of a deadlock. */
  deadlocks(): number;
}

/** Opens a pool of `size` connections for the tests of a file. */
export function connections(size = 8): Connections {
  const database = aServerDatabase();
  let pool: Pool | undefined;
  let storage: Store<DrizzleTx | Executor> | undefined;
  let deadlocks = 0;
  const opened = (): Pool => {
    if (pool === undefined) throw new Error("connections are open while tests run");
    return pool;
  };
  beforeAll(() => {
    pool = openPool(database.url(), { size });
    pool.pool.on("connection", (connection) => {
      tellErrors(connection, ({ errno }) => {
        if (errno === 1213) deadlocks += 1;
      });
    });
  });
  afterAll(() => pool?.end());
  return {
    db: () => drizzle(opened()),
    storage: () => {
      storage ??= mysqlStorage(opened());
      return storage;
    },
    pool: opened,
    url: database.url,
    deadlocks: () => deadlocks,
  };
}

/** The level of a host's transaction. */
export type Level = "read committed" | "repeatable read";

/**
 * Two steps that meet, in a fixed order: `first` has written and not committed when `second` begins; it commits once
 * `second` waits for it, or is through without waiting.
 */
export async function meeting<First, Second>(
  { db, storage, pool }: Connections,
  first: (session: Session) => Promise<First>,
  second: (storage: Store<DrizzleTx | Executor>) => Promise<Second>,
  isolationLevel: Level = "read committed",
): Promise<{ readonly first: First; readonly second: Second; readonly waited: boolean }> {
  const { done, settled, waited } = await db().transaction(
    async (tx) => {
      const done = await first(storage().within(tx));
      let isThrough = false;
      const settled = Promise.allSettled([second(storage())]).finally(() => {
        isThrough = true;
      });
      let waited = false;
      while (!isThrough && !waited) waited = (await waiting(pool())) > 0;
      return { done, settled, waited };
    },
    { isolationLevel },
  );
  const [outcome] = await settled;
  if (outcome.status === "rejected") throw outcome.reason;
  return { first: done, second: outcome.value, waited };
}

/**
 * How many connections to this database wait for a lock. The server makes that list anew only once nobody has read it for
 * 0.1 s, so test files that ask at the same time take turns.
 */
async function waiting(pool: Pool): Promise<number> {
  const connection = await pool.getConnection();
  try {
    await connection.query("select get_lock('csat_tests_innodb_trx', 600)");
    await connection.query("do sleep(0.11)");
    const [[row]] = await connection.query<RowDataPacket[]>(
      `select count(*) as waiting from information_schema.innodb_trx t
       join information_schema.processlist p on p.id = t.trx_mysql_thread_id
       where t.trx_state = 'LOCK WAIT' and p.db = database()`,
    );
    return Number(row?.waiting);
  } finally {
    await connection.query("do release_lock('csat_tests_innodb_trx')");
    connection.release();
  }
}

type Answer = (error: { readonly errno?: number } | null, ...rest: readonly unknown[]) => void;

/** At the driver: what is repeated is told nobody else. */
function tellErrors(connection: object, onError: (error: { readonly errno?: number }) => void): void {
  for (const method of ["query", "execute"] as const) {
    const run: (...given: readonly unknown[]) => unknown = Reflect.get(connection, method).bind(connection);
    const told = (...given: readonly unknown[]) => {
      const done = given.at(-1);
      if (typeof done !== "function") return run(...given);
      const answer: Answer = (error, ...rest) => {
        if (error !== null) onError(error);
        done(error, ...rest);
      };
      return run(...given.slice(0, -1), answer);
    };
    Object.assign(connection, { [method]: told });
  }
}
