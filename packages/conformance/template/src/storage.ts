import type { Store } from "@csat/core";
import type { Connection } from "./connection.ts";
import { readBacklog, readCounts, readParts, recount } from "./figures.ts";
import { listsOn } from "./lists.ts";
import { notWrittenYet } from "./not-written-yet.ts";
import { sessionOn } from "./session.ts";

/** A store on your database. */
export function myStorage(connection: Connection): Store<Connection> {
  return {
    // Each call of it is a transaction by itself.
    auto: sessionOn(connection),
    // begin, `work` with a session on that transaction, commit or rollback; at READ COMMITTED.
    own: async (_work) => notWrittenYet("own"),
    within: (tx) => sessionOn(tx),
    lists: listsOn(connection),
    counts: (query) => readCounts(connection, query),
    parts: (query) => readParts(connection, query),
    recount: (workspaceId) => recount(connection, workspaceId),
    backlog: (now) => readBacklog(connection, now),
    keepHouse: async (_now, _signal) => notWrittenYet("keepHouse"),
    prune: async (_ask) => notWrittenYet("prune"),
  };
}
