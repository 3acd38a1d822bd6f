import { randomBytes } from "node:crypto";
import type { ExportedResponse } from "@csat/core";

/** An export without an end that counts what is taken of it and knows when its reader stopped. */
export function endlessRows() {
  let [taken, isEnded] = [0, true];
  return {
    taken: () => taken,
    isEnded: () => isEnded,
    async *exportResponses(): AsyncIterable<ExportedResponse> {
      [taken, isEnded] = [0, false];
      try {
        for (;;) yield row(++taken);
      } finally {
        isEnded = true;
      }
    },
  };
}

function row(number: number): ExportedResponse {
  return {
    workspaceId: "acme",
    surveyId: `s${number}`,
    ticketId: `T${number}`,
    rating: 5,
    // Next compresses: buffers would hold a hundred times as many rows of equal letters.
    comment: randomBytes(150).toString("base64"),
    resolvedBy: "bob",
    resolvedByName: null,
    respondedAt: new Date("2026-01-05T09:00:00Z"),
    sentAt: new Date("2026-01-04T09:00:00Z"),
    excluded: false,
    slices: [],
  };
}
