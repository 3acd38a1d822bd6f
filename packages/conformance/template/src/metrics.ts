import type { MetricsReader } from "@csat/core";
import type { Connection } from "./connection.ts";
import { notWrittenYet } from "./not-written-yet.ts";

/** Counts, by what a page shows. */
export function metricsReader(_connection: Connection): MetricsReader {
  return {
    read: async () => notWrittenYet("metrics.read"),
    listResponses: async () => notWrittenYet("metrics.listResponses"),
  };
}
