import type { Storage, StorageOperations } from "@csat/core";
import type { Connection } from "./connection.ts";
import { journalStore } from "./journal.ts";
import { metricsReader } from "./metrics.ts";
import { notWrittenYet } from "./not-written-yet.ts";
import { outboxStore } from "./outbox.ts";
import { resolutionStore } from "./resolutions.ts";
import { responseStore } from "./responses.ts";
import { settingsStore } from "./settings.ts";
import { surveyStore } from "./surveys.ts";

/** A storage on your database. */
export function myStorage(connection: Connection): Storage<Connection> {
  return {
    ...operationsOn(connection),
    transaction: async () => notWrittenYet("transaction"),
    within: (tx) => operationsOn(tx),
    maintain: async () => notWrittenYet("maintain"),
    recount: async () => notWrittenYet("recount"),
    backlog: async () => notWrittenYet("backlog"),
  };
}

/** The seven words, on a connection of ours or inside a transaction of the host. */
function operationsOn(connection: Connection): StorageOperations {
  return {
    settings: settingsStore(connection),
    resolutions: resolutionStore(connection),
    surveys: surveyStore(connection),
    responses: responseStore(connection),
    outbox: outboxStore(connection),
    journal: journalStore(connection),
    metrics: metricsReader(connection),
  };
}
