import { type Change, type InTurn, oneAfterAnother, type Session, type Store } from "@csat/core";
import { readBacklog } from "./backlog.ts";
import { claimDue } from "./claim.ts";
import { foldCounts } from "./counts/fold-counts.ts";
import { readCounts, readParts, toMetrics, toParts } from "./counts/read-counts.ts";
import { recount } from "./counts/recount.ts";
import { executorOf, executorOfTransaction, type MysqlDatabase } from "./drivers.ts";
import type { DrizzleTx } from "./drizzle-handle.ts";
import { type Executor, inTransaction, type MysqlExecutor, repeated, rowsFrom } from "./executor.ts";
import { mysqlLists } from "./lists.ts";
import { checkedTablePrefix, defaultTablePrefix, type TableNames, tableNames } from "./naming.ts";
import { type Prepared, preparedStatements } from "./prepared.ts";
import { prune } from "./prune.ts";
import { headsByToken, type Place, readHeads } from "./read-heads.ts";
import { type Dialect, dialectOf } from "./rows.ts";
import { serverOf } from "./server.ts";
import { writeChanges } from "./write-changes.ts";

/** Where the tables are, and how statements are sent. */
export interface MysqlStorageOptions {
  /** What the names of our tables begin with, as `migrate` was told: `csat_` by default. */
  readonly tablePrefix?: string;
  /**
   * Whether statements are prepared, once per connection: true by default. Switch it off behind a proxy that forgets
   * them; mysql2 then writes the values into the text.
   */
  readonly prepare?: boolean;
}

/**
 * Storage in MySQL 8.0.17 or MariaDB 10.6, or newer: through a drizzle database, a Pool of mysql2, or whatever runs
 * statements and opens transactions. The host's transactions are joined by `{ tx }`. Create the tables first, with `migrate`
 * or by yourself.
 *
 * Own transactions are READ COMMITTED. In a host's transaction reads lock, so that they see what is committed by now at any
 * level. When the server makes that transaction the victim of a deadlock (1213) all of it is gone: it arrives as
 * `storage_failed` with `cause.errno`, and the host repeats its transaction.
 * @throws CsatError `invalid_config`
 */
export function mysqlStorage(
  db: MysqlDatabase,
  options: MysqlStorageOptions = {},
): Store<DrizzleTx | Executor> {
  const executor = executorOf(db, { prepare: options.prepare ?? true });
  const tables = tableNames(checkedTablePrefix(options.tablePrefix ?? defaultTablePrefix));
  const parts: Parts = { executor, tables, prepared: preparedStatements(), dialectOn: rememberedDialect() };
  const counts = async () => ({ tables, input: (await parts.dialectOn(executor)).input });
  return {
    auto: autoSession(parts),
    own: (work) =>
      repeated(() =>
        inTransaction(executor, (transaction) =>
          work(sessionIn(parts, { executor: transaction, inTurn: oneAfterAnother() })),
        ),
      ),
    within: (tx) =>
      sessionIn(parts, { executor: executorOfTransaction(tx), inTurn: turnsOf(tx), shares: true }),
    lists: mysqlLists(parts),
    counts: async (query) =>
      toMetrics(
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
    recount: async (workspaceId) => recount(executor, await counts(), workspaceId),
    backlog: (now) => readBacklog(parts, now),
    keepHouse: async (_now, signal) => foldCounts(executor, await counts(), signal),
    prune: async (ask) => prune(executor, await counts(), ask),
  };
}

interface Parts {
  readonly executor: MysqlExecutor;
  readonly tables: TableNames;
  readonly prepared: Prepared;
  readonly dialectOn: (executor: Executor) => Promise<Dialect>;
}

/** How some things are written depends on the server, which is asked once. */
function rememberedDialect(): Parts["dialectOn"] {
  let known: Promise<Dialect> | undefined;
  return (executor) => {
    known ??= serverOf(executor).then(
      ({ server }) => dialectOf(server),
      (error: unknown) => {
        known = undefined;
        throw error;
      },
    );
    return known;
  };
}

/** Outside of transactions: reads are one statement each, and whatever locks has a transaction of its own. */
function autoSession(parts: Parts): Session {
  const placed = async (executor: Executor): Promise<Place> => {
    const { tables, prepared, dialectOn } = parts;
    return { ...(await dialectOn(executor)), tables, prepared, executor };
  };
  const whole = <Result>(step: (place: Place) => Promise<Result>): Promise<Result> =>
    repeated(() => inTransaction(parts.executor, async (transaction) => step(await placed(transaction))));
  return {
    read: async (keys) => readHeads(await placed(parts.executor), keys),
    byToken: async (hash) => (await headsByToken(await placed(parts.executor), [hash]))[0] ?? null,
    claim: async (ask) => claimDue(await placed(parts.executor), ask, whole),
    async write(changes) {
      if (changes.length === 0) return [];
      // Copied before the wait: the caller may go on with what it handed over.
      const kept = copied(changes);
      await parts.dialectOn(parts.executor);
      return whole((place) => writeChanges(place, { changes: kept, waits: false }));
    },
  };
}

const turns = new WeakMap<object, InTurn>();

/** Calls that the host makes at once in one transaction take turns, by whichever handle. */
function turnsOf(tx: object): InTurn {
  const inTurn = turns.get(tx) ?? oneAfterAnother();
  turns.set(tx, inTurn);
  return inTurn;
}

/** In a transaction: writes wait for locks, and what they refuse is a conflict of versions. */
function sessionIn(
  { tables, prepared, dialectOn }: Parts,
  { executor, inTurn, shares }: Pick<Place, "executor" | "shares"> & { readonly inTurn: InTurn },
): Session {
  const locked = new Set<string>();
  const step = <Result>(work: (place: Place) => Promise<Result>): Promise<Result> =>
    inTurn(async () =>
      work({
        ...(await dialectOn(executor)),
        executor,
        tables,
        prepared,
        locked,
        ...(shares === undefined ? {} : { shares }),
      }),
    );
  return {
    read: (keys) => step((place) => readHeads(place, keys)),
    byToken: (hash) => step(async (place) => (await headsByToken(place, [hash]))[0] ?? null),
    claim: (ask) => step((place) => claimDue(place, ask, (work) => work(place))),
    write(changes) {
      const kept = copied(changes);
      return step((place) => atOnce(place, () => writeChanges(place, { changes: kept, waits: true })));
    },
  };
}

/** A write of several statements that fails half-way leaves nothing of itself, whatever becomes of the transaction. */
async function atOnce<Result>({ executor, locked }: Place, work: () => Promise<Result>): Promise<Result> {
  const before = new Set(locked);
  const run = (text: string) => rowsFrom(executor, "keeping a savepoint", { text, values: [] });
  await run("savepoint csat_write");
  try {
    const result = await work();
    await run("release savepoint csat_write");
    return result;
  } catch (error) {
    // A victim's transaction is gone, with its savepoints.
    await run("rollback to savepoint csat_write").catch(() => {});
    for (const key of locked ?? []) if (!before.has(key)) locked?.delete(key);
    throw error;
  }
}

function copied(changes: readonly Change[]): readonly Change[] {
  return structuredClone(changes);
}
