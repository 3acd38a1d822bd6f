import { CsatError, type InTurn, oneAfterAnother, type Session, type Store } from "@csat/core";
import { is } from "drizzle-orm";
import { LibSQLTransaction } from "drizzle-orm/libsql";
import { counts, parts, recount } from "./counts.ts";
import { sqliteLists } from "./lists.ts";
import type { Sqlite, Transaction } from "./open-sqlite.ts";
import { backlog, byToken, claim, read } from "./records.ts";
import { type Run, runOn, told } from "./sql.ts";
import { write } from "./write.ts";

/**
 * A storage on SQLite. `migrate(sqlite)` makes its tables first. Any number of processes may open the same file. Reads
 * never wait. Writers take turns, so a transaction that stays open holds up every other write; a write through the
 * storage itself from inside `own(work)` waits for ever: use the session that `work` is given.
 */
export function sqliteStorage({ reader, transaction }: Sqlite): Store<Transaction> {
  const run = runOn(reader);
  const ownTransaction = sessionOn((step) => told(() => transaction((tx) => step(runOn(tx)))));
  return {
    auto: { ...ownTransaction, read: (keys) => read(run, keys), byToken: (hash) => byToken(run, hash) },
    // With one writer at a time nobody is ever made a victim: there is nothing to run again.
    own: (work) => told(() => transaction((tx) => work(sessionIn(tx)))),
    within: sessionIn,
    lists: sqliteLists(run),
    counts: (query) => counts(run, query),
    parts: (query) => parts(run, query),
    recount: (workspaceId) => told(() => transaction((tx) => recount(runOn(tx), workspaceId))),
    backlog: (now) => backlog(run, now),
    // Counts are added up as they come, and rows are kept until they are erased.
    keepHouse: async () => {},
  };
}

/** Every method is a step of some statements, which `whole` makes one. */
function sessionOn(whole: <Result>(step: (run: Run) => Promise<Result>) => Promise<Result>): Session {
  return {
    read: (keys) => whole((run) => read(run, keys)),
    byToken: (hash) => whole((run) => byToken(run, hash)),
    claim: (ask) => whole((run) => claim(run, ask)),
    // Copied before the wait: the caller may go on with what it handed over.
    write: (changes, kept = structuredClone(changes)) => whole((run) => write(run, kept)),
  };
}

const turns = new WeakMap<Transaction, InTurn>();

/**
 * Inside a transaction, ours or the host's. Steps take turns, so that none stands between the statements of another, and
 * each is a savepoint: one that fails leaves nothing behind and the transaction usable.
 */
function sessionIn(tx: Transaction): Session {
  if (!is(tx, LibSQLTransaction))
    throw new CsatError("invalid_input", "Not a transaction: pass on what drizzle's `transaction` gives.");
  const inTurn = turns.get(tx) ?? oneAfterAnother();
  turns.set(tx, inTurn);
  return sessionOn((step) => told(() => inTurn(() => tx.transaction((savepoint) => step(runOn(savepoint))))));
}
