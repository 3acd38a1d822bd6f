import { CsatError, type InTurn, oneAfterAnother, type Session, type Store } from "@csat/core";
import { is } from "drizzle-orm";
import { LibSQLTransaction } from "drizzle-orm/libsql";
import { counts, parts, recount } from "./counts.ts";
import { sqliteLists } from "./lists.ts";
import type { Sqlite, Transaction } from "./open-sqlite.ts";
import { backlog, byToken, claim, read } from "./records.ts";
import { type Run, runOn, told } from "./sql.ts";
import { prune, write } from "./write.ts";

/**
 * A storage on SQLite. `migrate(sqlite)` makes its tables first. Any number of processes may open the same file. Reads never
 * wait. Writers take turns: one that stays open holds up all others, and `own(work)` writes through its own session only.
 */
export function sqliteStorage({ reader, transaction }: Sqlite): Store<Transaction> {
  const run = runOn(reader);
  const whole: Whole = (step) => told(() => transaction((tx) => step(runOn(tx))));
  return {
    auto: { ...sessionOn(whole), read: (keys) => read(run, keys), byToken: (hash) => byToken(run, hash) },
    // With one writer at a time nobody is ever made a victim: there is nothing to run again.
    own: (work) => told(() => transaction((tx) => work(sessionIn(tx)))),
    within: sessionIn,
    lists: sqliteLists(run),
    counts: (query) => counts(run, query),
    parts: (query) => parts(run, query),
    recount: (workspaceId) => whole((tx) => recount(tx, workspaceId)),
    backlog: (now) => backlog(run, now),
    keepHouse: async () => {}, // Counts are added up as they come.
    prune: (ask) => whole((tx) => prune(tx, ask)),
  };
}

type Whole = <Result>(step: (run: Run) => Promise<Result>) => Promise<Result>;
/** Every method is a step of some statements, which `whole` makes one. */
function sessionOn(whole: Whole): Session {
  return {
    read: (keys) => whole((run) => read(run, keys)),
    byToken: (hash) => whole((run) => byToken(run, hash)),
    claim: (ask) => whole((run) => claim(run, ask)),
    // Copied before the wait: the caller may go on with what it handed over.
    write: (changes, kept = structuredClone(changes)) => whole((run) => write(run, kept)),
  };
}

const turns = new WeakMap<Transaction, InTurn>();

/** In a transaction of anybody's: steps take turns, and one that fails leaves nothing behind and the transaction usable. */
function sessionIn(tx: Transaction): Session {
  if (!is(tx, LibSQLTransaction))
    throw new CsatError("invalid_input", "Not a transaction: pass on what drizzle's `transaction` gives.");
  const inTurn = turns.get(tx) ?? oneAfterAnother();
  turns.set(tx, inTurn);
  return sessionOn((step) => told(() => inTurn(() => tx.transaction((savepoint) => step(runOn(savepoint))))));
}
