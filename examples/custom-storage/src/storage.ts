import type { Storage, StorageOperations } from "@csat/core";
import { type Access, joinedAccess, ownAccess } from "./access.ts";
import { readBacklog } from "./backlog.ts";
import { journalStore } from "./journal.ts";
import { metricsReader } from "./metrics.ts";
import type { Rows, Sqlite } from "./open-sqlite.ts";
import { outboxStore } from "./outbox.ts";
import { resolutionStore } from "./resolutions.ts";
import { responseStore } from "./responses.ts";
import { settingsStore } from "./settings.ts";
import { surveyStore } from "./surveys.ts";

/**
 * A storage on SQLite. `migrate(sqlite)` makes its tables first. Any number of processes may open the same file.
 *
 * Writers take turns, so a transaction that stays open holds up every other write; a write through the storage itself
 * from inside `transaction(work)` waits for ever: use the operations that `work` is given. Reads never wait.
 */
export function sqliteStorage(sqlite: Sqlite): Storage<Rows> {
  const access = ownAccess(sqlite);
  return {
    ...operationsOn(access),
    transaction: (work) => sqlite.transaction((tx) => work(operationsOn(joinedAccess(tx)))),
    within: (tx) => operationsOn(joinedAccess(tx)),
    // Counts are read from the rows: there is nothing to fold, nothing to compare, and rows are kept until erased.
    maintain: async () => {},
    recount: async () => [],
    backlog: access.read(readBacklog),
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
