import type { OutboxStore } from "@csat/core";
import type { Connection } from "./connection.ts";
import { notWrittenYet } from "./not-written-yet.ts";

/** Events on their way to receivers. */
export function outboxStore(_connection: Connection): OutboxStore {
  return {
    claimDue: async () => notWrittenYet("outbox.claimDue"),
    settle: async () => notWrittenYet("outbox.settle"),
    list: async () => notWrittenYet("outbox.list"),
    replay: async () => notWrittenYet("outbox.replay"),
  };
}
