import { expectEqual } from "../assertions.ts";
import { uniqueId } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import { current, happened, previous } from "../history.ts";

const sentAt = "2026-03-02T08:00:00.000Z";

/** The order of the counts' rows. */
export const metricsOrderCases: readonly StorageCase[] = [
  {
    id: "metrics/read/rows-in-order",
    rule: "Rows come by day, then rating; those of resolvers by actor in code-point order with Unattributed last, then rating.",
    async run({ storage }) {
      const workspaceId = uniqueId("workspace");
      for (const [actorId, rating, day] of [
        [undefined, 3, 8],
        ["😀", 3, 4],
        ["～", 3, 4],
        ["ada", 5, 7],
        ["é", 1, 3],
        [undefined, 1, 3],
        ["ada", 2, 3],
        ["Zoe", 5, 3],
      ] as const) {
        const answer = [rating, `2026-03-0${day}T08:00:00.000Z`] as const;
        const attributed = actorId === undefined ? {} : { actorId };
        await happened({ storage, past: { workspaceId, sentAt: answer[1], answer, ...attributed } });
      }
      await happened({ storage, past: { workspaceId, sentAt } });
      const { sent, ratings, resolvers } = await storage.metrics.read({ workspaceId, current, previous });
      expectEqual(
        sent.map(({ day, count }) => `${day}: ${count}`),
        ["2026-03-02: 1", "2026-03-03: 4", "2026-03-04: 2", "2026-03-07: 1", "2026-03-08: 1"],
        "the sends",
      );
      expectEqual(
        ratings.map(({ day, rating, count }) => `${day}, ${rating}: ${count}`),
        [
          "2026-03-03, 1: 2",
          "2026-03-03, 2: 1",
          "2026-03-03, 5: 1",
          "2026-03-04, 3: 2",
          "2026-03-07, 5: 1",
          "2026-03-08, 3: 1",
        ],
        "the ratings",
      );
      expectEqual(
        resolvers.map(({ actorId, rating }) => `${actorId} ${rating}`),
        ["Zoe 5", "ada 2", "ada 5", "é 1", "～ 3", "😀 3", "null 1", "null 3"],
        "the resolvers",
      );
    },
  },
];
