import type { Lists } from "@csat/core";
import type { Connection } from "./connection.ts";
import { notWrittenYet } from "./not-written-yet.ts";

/** What pages and exports show. Cursors name the last row of a page: its time and its id. */
export function listsOn(_connection: Connection): Lists {
  return {
    answer: async (_ticket) => notWrittenYet("lists.answer"),
    answers: async (_query) => notWrittenYet("lists.answers"),
    journal: async (_ticket) => notWrittenYet("lists.journal"),
    history: async (_query) => notWrittenYet("lists.history"),
    events: async (_workspaceId, _query) => notWrittenYet("lists.events"),
    failed: async (_query) => notWrittenYet("lists.failed"),
    ticketsOf: async (_workspaceId, _query) => notWrittenYet("lists.ticketsOf"),
    suppressed: async (_workspaceId, _query) => notWrittenYet("lists.suppressed"),
  };
}
