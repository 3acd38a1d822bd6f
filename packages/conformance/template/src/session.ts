import type { Session } from "@csat/core";
import type { Connection } from "./connection.ts";
import { notWrittenYet } from "./not-written-yet.ts";

/**
 * Reads and writes, on a connection of ours or inside a transaction. Records are rows of (kind, workspace, id) with a
 * version and a document that you never look into; what is due of them stands in a narrow table beside.
 */
export function sessionOn(_connection: Connection): Session {
  return {
    // Records in the order of their keys; with `lock`, which transactions alone use, also what is not stored yet.
    read: async (_keys) => notWrittenYet("read"),
    byToken: async (_hash) => notWrittenYet("byToken"),
    // Leases due rows by the database's clock; workspaces take turns.
    claim: async (_ask) => notWrittenYet("claim"),
    // Lock all records in key order, compare versions and leases, then write each change whole or not at all.
    write: async (_changes) => notWrittenYet("write"),
  };
}
