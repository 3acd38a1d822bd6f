import type { ResponseStore } from "@csat/core";
import type { Connection } from "./connection.ts";
import { notWrittenYet } from "./not-written-yet.ts";

/** The customers' answers. */
export function responseStore(_connection: Connection): ResponseStore {
  return {
    record: async () => notWrittenYet("responses.record"),
    find: async () => notWrittenYet("responses.find"),
  };
}
