import type { ExportedResponse } from "@csat/core";

/** An answer; what a test does not say is the same in all. */
function aRow(change: Partial<ExportedResponse> = {}): ExportedResponse {
  return {
    workspaceId: "acme",
    ticketId: "T1",
    surveyId: "s1",
    rating: 5,
    comment: null,
    respondedAt: new Date("2026-03-05T11:00:00.000Z"),
    resolvedBy: "bob",
    resolvedByName: "Bob Lee",
    sentAt: new Date("2026-03-05T10:00:00.000Z"),
    excluded: false,
    slices: [],
    ...change,
  };
}

/** An export of so many rows that tells how many were taken and whether its reader left. */
export interface GeneratedRows {
  readonly taken: () => number;
  readonly isEnded: () => boolean;
  readonly exportResponses: () => AsyncIterable<ExportedResponse>;
}

/** Makes rows one by one, each when it is asked for. `failAt` throws instead of that row. */
export function generatedRows(count: number, { failAt }: { readonly failAt?: number } = {}): GeneratedRows {
  let taken = 0;
  let isEnded = false;
  return {
    taken: () => taken,
    isEnded: () => isEnded,
    async *exportResponses() {
      try {
        while (taken < count) {
          if (taken === failAt) throw new Error("secret of the driver");
          taken += 1;
          yield aRow({ ticketId: `T${taken}`, surveyId: `s${taken}`, comment: "A comment of some length." });
        }
      } finally {
        isEnded = true;
      }
    },
  };
}
