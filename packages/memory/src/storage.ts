import {
  type Clock,
  CsatError,
  type InTurn,
  oneAfterAnother,
  type Session,
  type Store,
  systemClock,
} from "@csat/core";
import { backlog } from "./backlog.ts";
import { requireClock, requireOptions } from "./check-options.ts";
import { counts, parts, recount } from "./counts.ts";
import { lists } from "./lists.ts";
import { prune } from "./prune.ts";
import { byToken, claim, read } from "./read.ts";
import { draftTables, emptyTables, type Tables } from "./tables.ts";
import { write } from "./write.ts";

/** Settings of `memoryStorage`. */
export interface MemoryStorageOptions {
  /** What leases run on. The system's by default; a fake one in tests that let leases end. */
  readonly clock?: Clock;
}

/** A storage in this process's memory. */
export interface MemoryStorage extends Store<never> {
  /** Another handle on the same rows, as a second process, or this one after a restart, would have it. */
  reopen(): MemoryStorage;
}

/**
 * A storage that forgets everything with the process: the readable definition of what a store does, for tests and
 * first steps. Its rows grow with the tickets it is told of.
 *
 * Writers take turns, so a transaction that is open holds up every other write, and a write through the storage itself
 * from inside `own(work)` waits for ever: use the session that `work` is given. Reads never wait and see what is
 * committed. Values go in and out as copies, as they would over a wire.
 * @throws CsatError `invalid_config`; from `within` always, for there are no host transactions in memory
 */
export function memoryStorage(options: MemoryStorageOptions = {}): MemoryStorage {
  requireOptions(options, "memoryStorage");
  requireClock(options.clock, "memoryStorage");
  return handleOn(emptyTables(options.clock ?? systemClock), oneAfterAnother());
}

function handleOn(tables: Tables, inTurn: InTurn): MemoryStorage {
  const reading =
    <Given extends readonly unknown[], Result>(step: Step<Given, Result>) =>
    async (...given: Given) =>
      structuredClone(step(tables, ...structuredClone(given)));
  const writing =
    <Given extends readonly unknown[], Result>(step: Step<Given, Result>) =>
    async (...given: Given) => {
      // Copied before the wait: the caller may go on with what it handed over.
      const kept = structuredClone(given);
      return inTurn(async () => structuredClone(step(tables, ...kept)));
    };
  return {
    auto: { read: reading(read), byToken: reading(byToken), claim: writing(claim), write: writing(write) },
    own: (work) =>
      inTurn(async () => {
        const draft = draftTables(tables);
        let isOver = false;
        try {
          const result = await work(sessionOn(draft, () => isOver));
          draft.commit();
          return result;
        } finally {
          isOver = true;
        }
      }),
    within: () => {
      throw new CsatError(
        "invalid_config",
        "memoryStorage cannot join a host transaction. Leave `tx` out, or use a storage of the database that the host uses.",
      );
    },
    lists: {
      answer: reading(lists.answer),
      answers: reading(lists.answers),
      journal: reading(lists.journal),
      history: reading(lists.history),
      events: reading(lists.events),
      failed: reading(lists.failed),
      ticketsOf: reading(lists.ticketsOf),
      suppressed: reading(lists.suppressed),
    },
    counts: reading(counts),
    parts: reading(parts),
    recount: writing(recount),
    backlog: reading(backlog),
    // Deltas are added at once and rows are kept until they are erased: there is nothing to do.
    keepHouse: async () => {},
    prune: writing(prune),
    reopen: () => handleOn(tables, inTurn),
  };
}

/** One step on the tables: whole, at once, without waiting for anything. */
type Step<Given extends readonly unknown[], Result> = (tables: Tables, ...given: Given) => Result;

function sessionOn(draft: Tables, isOver: () => boolean): Session {
  const step =
    <Given extends readonly unknown[], Result>(one: Step<Given, Result>) =>
    async (...given: Given) => {
      if (isOver()) {
        throw new CsatError(
          "storage_failed",
          "A transaction was used after it had ended. Await every call inside `own(work)`.",
        );
      }
      return structuredClone(one(draft, ...structuredClone(given)));
    };
  return { read: step(read), byToken: step(byToken), claim: step(claim), write: step(write) };
}
