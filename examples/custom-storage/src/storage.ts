import { CsatError, type Session, type Store } from "@csat/core";
import { is } from "drizzle-orm";
import { LibSQLTransaction } from "drizzle-orm/libsql";
import { counts, recount } from "./counts.ts";
import { backlog, claim } from "./due.ts";
import { sqliteLists } from "./lists.ts";
import { type InTurn, oneAfterAnother, type Sqlite, type Transaction } from "./open-sqlite.ts";
import { byToken, read } from "./records.ts";
import { type Run, runOn, told } from "./sql.ts";
import { write } from "./write.ts";

/**
 * A storage on SQLite. `migrate(sqlite)` makes its tables first. Any number of processes may open the same file.
 *
 * Writers take turns, so a transaction that stays open holds up every other write; a write through the storage itself
 * from inside `own(work)` waits for ever: use the session that `work` is given. Reads never wait.
 */
export function sqliteStorage({ reader, transaction }: Sqlite): Store<Transaction> {
  const run = runOn(reader);
  const { claim, write } = sessionOn((step) => told(() => transaction((tx) => step(runOn(tx)))));
  return {
    auto: { read: (keys) => read(run, keys), byToken: (hash) => byToken(run, hash), claim, write },
    // With one writer at a time nobody is ever made a victim: there is nothing to run again.
    own: (work) => told(() => transaction((tx) => work(sessionIn(tx)))),
    within: sessionIn,
    lists: sqliteLists(run),
    counts: (query) => counts(run, query),
    recount: (workspaceId) => told(() => transaction((tx) => recount(runOn(tx), workspaceId))),
    backlog: (now) => backlog(run, now),
    // Counts are added up as they come, and rows are kept until they are erased.
    keepHouse: async () => {},
  };
}

/** Every method is a step of some statements, which `whole` makes one. */
function sessionOn(whole: <Result>(step: (run: Run) => Promise<Result>) => Promise<Result>): Session {
  const method =
    <Given, Result>(step: (run: Run, given: Given) => Promise<Result>) =>
    async (given: Given): Promise<Result> => {
      // Copied before the wait: the caller may go on with what it handed over.
      const kept = structuredClone(given);
      return whole((run) => step(run, kept));
    };
  return { read: method(read), byToken: method(byToken), claim: method(claim), write: method(write) };
}

const turns = new WeakMap<Transaction, InTurn>();

/**
 * Inside a transaction, ours or the host's. Steps take turns, for the statements of one must not stand between those of
 * another, and each is a savepoint: one that fails leaves nothing behind and the transaction usable.
 */
function sessionIn(tx: Transaction): Session {
  if (!is(tx, LibSQLTransaction))
    throw new CsatError(
      "invalid_input",
      "Not a transaction: pass on what drizzle's `transaction` hands over.",
    );
  const inTurn = turns.get(tx) ?? oneAfterAnother();
  turns.set(tx, inTurn);
  return sessionOn((step) => told(() => inTurn(() => tx.transaction((savepoint) => step(runOn(savepoint))))));
}
