import type { ResolutionStore } from "@csat/core";
import type { Connection } from "./connection.ts";
import { notWrittenYet } from "./not-written-yet.ts";

/** Who resolved each ticket first, by event time. */
export function resolutionStore(_connection: Connection): ResolutionStore {
  return {
    record: async () => notWrittenYet("resolutions.record"),
  };
}
