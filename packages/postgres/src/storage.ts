import { type Change, type Logger, type Session, type Store, safeLogger, sqlState } from "@csat/core";
import { readBacklog } from "./backlog.ts";
import { batched } from "./batched.ts";
import { claimDue } from "./claim.ts";
import { foldCounts } from "./counts/fold-counts.ts";
import { readCounts, toCounts } from "./counts/read-counts.ts";
import { readParts, toParts } from "./counts/read-parts.ts";
import { recount } from "./counts/recount.ts";
import { executorOf, executorOfTransaction, type PostgresDatabase } from "./drivers.ts";
import type { DrizzleTx } from "./drizzle-handle.ts";
import { type Executor, inTransaction, type PostgresExecutor, rowsFrom } from "./executor.ts";
import { postgresLists } from "./lists.ts";
import { type Prepared, preparedStatements } from "./prepared.ts";
import { pruner } from "./prune.ts";
import { headsByToken, lockName, type Place, readHeads } from "./read-heads.ts";
import { checkedSchemaName, defaultSchemaName } from "./schema-name.ts";
import { type TableNames, tableNames } from "./table-names.ts";
import { needsLocks, neverWaits, writeChanges } from "./write-changes.ts";

/** Where the tables are, `csat` by default, and who hears about trouble. */
export interface PostgresStorageOptions {
  /** The schema of our tables, as `migrate` was told. */
  readonly schema?: string;
  /** Told once when the default isolation of the database is stricter than READ COMMITTED. */
  readonly logger?: Logger;
  /**
   * Whether statements are prepared under a name, once per connection: true by default. Switch it off behind a pooler
   * that forgets them, such as PgBouncer before 1.21 in transaction mode.
   */
  readonly prepare?: boolean;
}

/**
 * Storage in Postgres 14 or newer: through a drizzle database, a Pool of pg, a client of postgres.js, a PGlite, or
 * whatever runs statements and opens transactions. The host's transactions are joined by `{ tx }`. Create the tables
 * first, with `migrate` or by yourself.
 *
 * Own transactions are READ COMMITTED. In a host transaction at a stricter level Postgres may raise 40001, as for any
 * other statement: it arrives as `storage_failed` with `cause.code`, and the host repeats its transaction.
 * @throws CsatError `invalid_config`
 */
export function postgresStorage(
  db: PostgresDatabase,
  options: PostgresStorageOptions = {},
): Store<DrizzleTx | Executor> {
  const driver = { prepare: options.prepare ?? true };
  const executor = executorOf(db, driver);
  const schema = checkedSchemaName(options.schema ?? defaultSchemaName);
  const tables = tableNames(schema);
  const prepared = preparedStatements();
  const parts = { executor, tables, prepared };
  return {
    auto: autoSession(parts, safeLogger(options.logger)),
    own: (work) =>
      repeated(() =>
        inTransaction(executor, (transaction) => work(sessionIn({ ...parts, executor: transaction }))),
      ),
    within: (tx) => sessionIn({ tables, prepared, executor: executorOfTransaction(tx, driver) }),
    lists: postgresLists(parts),
    counts: async (query) =>
      toCounts(
        await rowsFrom(
          executor,
          `counting the responses of workspace ${query.workspaceId}`,
          readCounts(tables, query),
        ),
      ),
    parts: async (query) =>
      toParts(
        await rowsFrom(
          executor,
          `counting the parts of workspace ${query.workspaceId}`,
          readParts(tables, query),
        ),
      ),
    recount: (workspaceId) => recount(executor, { schema, workspaceId }),
    backlog: (now) => readBacklog(parts, now),
    keepHouse: (_now, signal) => foldCounts(executor, { schema, tables, signal }),
    prune: pruner(executor, tables),
  };
}

/** In a transaction: writes wait for locks, and what they refuse is a conflict of versions. */
function sessionIn(parts: Place): Session {
  const place = { ...parts, locked: new Set<string>() };
  return {
    read: (keys) => readHeads(place, keys),
    byToken: async (hash) => (await headsByToken(place, [hash]))[0] ?? null,
    claim: (ask) => claimDue(place, ask),
    write: (changes) => writeChanges(place, { changes, skipsLocked: false }),
  };
}

interface Parts {
  readonly executor: PostgresExecutor;
  readonly tables: TableNames;
  readonly prepared: Prepared;
}

/**
 * Outside of transactions: each statement is one. It runs at the database's default level; where that is stricter than
 * READ COMMITTED, Postgres refuses with 40001 what met another write, and nothing is written: the statement is repeated
 * at READ COMMITTED, as are all from then on.
 */
function autoSession(parts: Parts, logger: Logger): Session {
  let isStricter = false;
  const alone = async <Result>(work: (place: Place) => Promise<Result>): Promise<Result> => {
    try {
      return await work(parts);
    } catch (error) {
      if (sqlState(error) !== "40001") throw error;
      isStricter = true;
      logger.warn({}, "database does not default to read committed: statements open a transaction");
      return opened(work);
    }
  };
  const opened = <Result>(work: (place: Place) => Promise<Result>): Promise<Result> =>
    inTransaction(parts.executor, (executor) => work({ ...parts, executor, locked: new Set() }));
  const run = <Result>(work: (place: Place) => Promise<Result>): Promise<Result> =>
    repeated(() => (isStricter ? opened(work) : alone(work)));
  const write = (changes: readonly Change[]) =>
    run((place) => writeChanges(place, { changes, skipsLocked: true }));
  const writeTogether = batched({
    keysOf: (changes: readonly Change[]) =>
      changes.flatMap(({ heads }) => heads.map(({ key }) => lockName(key))),
    sharedKeysOf: (changes) =>
      changes.flatMap(({ compared = [] }) => compared.map(({ key }) => lockName(key))),
    work: async (items) => {
      const outcomes = [...(await write(items.flat()))];
      return items.map((changes) => outcomes.splice(0, changes.length));
    },
  });
  return {
    read: (keys) => run((place) => readHeads(place, keys)),
    byToken: batched({ work: (hashes) => run((place) => headsByToken(place, hashes)) }),
    claim: (ask) => run((place) => claimDue(place, ask)),
    write: (changes) => {
      if (needsLocks(changes))
        return repeated(() =>
          inTransaction(parts.executor, (executor) => sessionIn({ ...parts, executor }).write(changes)),
        );
      return neverWaits(changes) ? writeTogether(changes) : write(changes);
    },
  };
}

const mostRuns = 3;

/** Runs a transaction of our own again when the database made it the victim: nothing of it was written. */
async function repeated<Result>(run: () => Promise<Result>): Promise<Result> {
  for (let runs = 1; ; runs++) {
    try {
      return await run();
    } catch (error) {
      const state = sqlState(error);
      const wasVictim = state === "40P01" || state === "40001";
      if (!wasVictim || runs === mostRuns) throw error;
    }
  }
}
