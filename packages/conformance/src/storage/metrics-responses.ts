import type { Rating } from "@csat/core";
import { expectCsatError, expectEqual } from "../assertions.ts";
import { aResolution, refOf, uniqueId, utc } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import { current, happened } from "../history.ts";
import { malformedCursors, readAllPages } from "../paging.ts";
import { stepsOn } from "../steps.ts";

const sentAt = "2026-03-02T08:00:00.000Z";
const firstPage = { limit: 100, cursor: null, window: current };

/** Responses as a table or an export shows them. */
export const metricsResponsesCases: readonly StorageCase[] = [
  {
    id: "metrics/list-responses/rows",
    rule: "A row holds the response with its first resolver and the time its survey was sent.",
    async run({ storage, otherProcess }) {
      const sent = await stepsOn(storage).sendAndAnswer({
        sentAt: utc(sentAt),
        rating: 2,
        comment: `"Meh" 😐`,
        respondedAt: utc("2026-03-04T08:00:00.123Z"),
      });
      await storage.resolutions.record([aResolution({ ...refOf(sent), actorId: "ada" })]);
      const page = await otherProcess.metrics.listResponses({ ...firstPage, workspaceId: sent.workspaceId });
      expectEqual(
        page.items,
        [
          {
            ...refOf(sent),
            surveyId: sent.surveyId,
            rating: 2,
            comment: `"Meh" 😐`,
            respondedAt: utc("2026-03-04T08:00:00.123Z"),
            resolvedBy: "ada",
            sentAt: utc(sentAt),
          },
        ],
        "the rows",
      );
    },
  },
  {
    id: "metrics/list-responses/filters",
    rule: "The window is half-open, `maxRating` inclusive, and filters combine: rating, highest rating, resolver (null for Unattributed).",
    async run({ storage }) {
      const workspaceId = uniqueId("workspace");
      const rows: readonly (readonly [string, Rating, string | undefined, string])[] = [
        ["before", 1, "ada", "2026-03-01T23:59:59.999Z"],
        ["t1", 1, "ada", "2026-03-02T00:00:00.000Z"],
        ["t2", 2, "ada", "2026-03-03T00:00:00.000Z"],
        ["t3", 3, "bob", "2026-03-04T00:00:00.000Z"],
        ["t4", 2, undefined, "2026-03-05T00:00:00.000Z"],
        ["t5", 5, undefined, "2026-03-08T23:59:59.999Z"],
        ["after", 1, undefined, "2026-03-09T00:00:00.000Z"],
      ];
      for (const [ticketId, rating, actorId, at] of rows) {
        const answer = [rating, at] as const;
        const attributed = actorId === undefined ? {} : { actorId };
        await happened({ storage, past: { workspaceId, ticketId, sentAt, answer, ...attributed } });
      }
      const lines = [
        [{}, ["t5", "t4", "t3", "t2", "t1"]],
        [{ rating: 2 }, ["t4", "t2"]],
        [{ maxRating: 2 }, ["t4", "t2", "t1"]],
        [{ maxRating: 5 }, ["t5", "t4", "t3", "t2", "t1"]],
        [{ resolvedBy: "ada" }, ["t2", "t1"]],
        [{ resolvedBy: null }, ["t5", "t4"]],
        [{ resolvedBy: null, maxRating: 2 }, ["t4"]],
        [{ resolvedBy: "ada", rating: 1 }, ["t1"]],
        [{ resolvedBy: "nobody" }, []],
        [{ rating: 3, maxRating: 2 }, []],
      ] as const;
      for (const [filter, expected] of lines) {
        const page = await storage.metrics.listResponses({ ...firstPage, workspaceId, ...filter });
        expectEqual(
          page.items.map(({ ticketId }) => ticketId),
          [...expected],
          `the responses for ${JSON.stringify(filter)}`,
        );
      }
    },
  },
  {
    id: "metrics/list-responses/pages",
    rule: "Pages run newest first and show every response once, equal times included, also when a newer one comes in between.",
    async run({ storage }) {
      const workspaceId = uniqueId("workspace");
      for (const [index, time] of [5, 5, 5, 5, 6, 6, 4, 7].entries()) {
        const answer = [index % 2 === 0 ? 1 : 2, `2026-03-0${time}T08:00:00.000Z`] as const;
        await happened({ storage, past: { workspaceId, ticketId: `t${index}`, sentAt, answer } });
      }
      for (const limit of [1, 2, 3, 8, 100]) {
        const all = await readAllPages({
          limit,
          read: (cursor) => storage.metrics.listResponses({ workspaceId, window: current, limit, cursor }),
        });
        const times = all.map(({ respondedAt }) => respondedAt.getUTCDate());
        expectEqual(times, [7, 6, 6, 5, 5, 5, 5, 4], `the days in pages of ${limit}`);
        expectEqual(new Set(all.map(({ ticketId }) => ticketId)).size, 8, `tickets in pages of ${limit}`);
      }
      const low = await readAllPages({
        limit: 2,
        read: (cursor) =>
          storage.metrics.listResponses({ workspaceId, window: current, limit: 2, cursor, maxRating: 1 }),
      });
      expectEqual(low.map(({ ticketId }) => ticketId).sort(), ["t0", "t2", "t4", "t6"], "the low scores");
      const query = { workspaceId, window: current };
      const first = await storage.metrics.listResponses({ ...query, limit: 4, cursor: null });
      const newer = { workspaceId, sentAt, answer: [1, "2026-03-08T08:00:00.000Z"] } as const;
      await happened({ storage, past: newer });
      const rest = await storage.metrics.listResponses({ ...query, limit: 100, cursor: first.nextCursor });
      const seen = [...first.items, ...rest.items].map(({ ticketId }) => ticketId);
      expectEqual([seen.length, new Set(seen).size], [8, 8], "responses around one that came in between");
    },
  },
  {
    id: "metrics/list-responses/end-of-pages",
    rule: "The last page has a null cursor, an empty list too.",
    async run({ storage }) {
      const workspaceId = uniqueId("workspace");
      const query = { ...firstPage, workspaceId };
      expectEqual(
        await storage.metrics.listResponses(query),
        { items: [], nextCursor: null },
        "no responses",
      );
      const answer = [3, "2026-03-04T08:00:00.000Z"] as const;
      await happened({ storage, past: { workspaceId, sentAt, answer } });
      expectEqual((await storage.metrics.listResponses(query)).nextCursor, null, "the cursor after one");
    },
  },
  {
    id: "metrics/list-responses/erased-and-foreign-rows",
    rule: "Responses of erased tickets and of other workspaces are in no list.",
    async run({ storage }) {
      const workspaceId = uniqueId("workspace");
      const answer = [1, "2026-03-04T08:00:00.000Z"] as const;
      const erased = await happened({ storage, past: { workspaceId, sentAt, answer } });
      const kept = await happened({ storage, past: { workspaceId, sentAt, answer } });
      await happened({ storage, past: { workspaceId: uniqueId("workspace"), sentAt, answer } });
      await storage.surveys.erase([refOf(erased)]);
      const page = await storage.metrics.listResponses({ ...firstPage, workspaceId });
      expectEqual(
        page.items.map(({ surveyId }) => surveyId),
        [kept.surveyId],
        "the responses",
      );
    },
  },
  {
    id: "metrics/list-responses/malformed-cursor",
    rule: "A cursor that no page handed out is refused with `invalid_input`.",
    async run({ storage }) {
      const workspaceId = uniqueId("workspace");
      const answer = [1, "2026-03-04T08:00:00.000Z"] as const;
      await happened({ storage, past: { workspaceId, sentAt, answer } });
      for (const cursor of malformedCursors) {
        await expectCsatError(
          () => storage.metrics.listResponses({ ...firstPage, workspaceId, cursor }),
          "invalid_input",
          `the list from cursor "${cursor.slice(0, 40)}"`,
        );
      }
    },
  },
];
