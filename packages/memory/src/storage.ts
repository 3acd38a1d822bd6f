import { type Clock, CsatError, type Storage, type StorageOperations, systemClock } from "@csat/core";
import { type Access, committedAccess, type InTurn, transactionAccess, writersInTurn } from "./access.ts";
import { backlog } from "./backlog.ts";
import { requireClock, requireOptions } from "./check-options.ts";
import { journalStore } from "./journal.ts";
import { metricsReader } from "./metrics.ts";
import { outboxStore } from "./outbox.ts";
import { resolutionStore } from "./resolutions.ts";
import { responseStore } from "./responses.ts";
import { settingsStore } from "./settings.ts";
import { surveyStore } from "./surveys.ts";
import { draftTables, emptyTables, type Tables } from "./tables.ts";

/** Settings of `memoryStorage`. */
export interface MemoryStorageOptions {
  /** What leases run on. The system's by default; a fake one in tests that let leases end. */
  readonly clock?: Clock;
}

/** A storage in this process's memory. */
export interface MemoryStorage extends Storage<never> {
  /** Another handle on the same rows, as a second process, or this one after a restart, would have it. */
  reopen(): MemoryStorage;
}

/**
 * A storage that forgets everything with the process: the readable definition of what a storage does, for tests and
 * first steps. Its rows grow with the tickets it is told of.
 *
 * Writers take turns, so a transaction that is open holds up every other write, and a write through the storage itself
 * from inside `transaction(work)` waits for ever: use the operations that `work` is given. Reads never wait and see
 * what is committed.
 * @throws CsatError `invalid_config`; from `within` always, for there are no host transactions in memory
 */
export function memoryStorage(options: MemoryStorageOptions = {}): MemoryStorage {
  requireOptions(options, "memoryStorage");
  requireClock(options.clock, "memoryStorage");
  return handleOn(emptyTables(options.clock ?? systemClock), writersInTurn());
}

function handleOn(tables: Tables, inTurn: InTurn): MemoryStorage {
  const access = committedAccess(tables, inTurn);
  return {
    ...operationsOn(access),
    transaction: (work) =>
      inTurn(async () => {
        const draft = draftTables(tables);
        let isOver = false;
        try {
          const result = await work(operationsOn(transactionAccess(draft, () => isOver)));
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
    // Counts are read from the rows, so there is nothing to fold and nothing to compare; rows are kept until erased.
    maintain: async () => {},
    recount: async () => [],
    backlog: access.read(backlog),
    reopen: () => handleOn(tables, inTurn),
  };
}

function operationsOn(access: Access): StorageOperations {
  return {
    settings: settingsStore(access),
    resolutions: resolutionStore(access),
    surveys: surveyStore(access),
    responses: responseStore(access),
    outbox: outboxStore(access),
    journal: journalStore(access),
    metrics: metricsReader(access),
  };
}
