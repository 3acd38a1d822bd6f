import { expectEqual } from "../assertions.ts";
import { aResolution, inCoreOrder, refOf, uniqueId } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import { current, happened, previous } from "../history.ts";
import { stepsOn } from "../steps.ts";

const nothing = { sent: [], ratings: [], resolvers: [], cohortAnswered: 0 };

/** Counts for the dashboard. */
export const metricsCases: readonly StorageCase[] = [
  {
    id: "metrics/read/nothing-happened",
    rule: "A workspace without surveys has no rows and no cohort.",
    async run({ storage }) {
      const query = { workspaceId: uniqueId("workspace"), current, previous };
      expectEqual(await storage.metrics.read(query), nothing, "the counts");
    },
  },
  {
    id: "metrics/read/sent-by-utc-day",
    rule: "Surveys count on the UTC day of `sentAt`, to the millisecond; the first instant of a window is inside, its end is not.",
    async run({ storage, otherProcess }) {
      const workspaceId = uniqueId("workspace");
      for (const sentAt of [
        "2026-02-22T23:59:59.999Z",
        "2026-02-23T00:00:00.000Z",
        "2026-03-01T23:59:59.999Z",
        "2026-03-02T00:00:00.000Z",
        "2026-03-02T00:00:00.001Z",
        "2026-03-02T23:59:59.999Z",
        "2026-03-03T00:00:00.000Z",
        "2026-03-08T23:59:59.999Z",
        "2026-03-09T00:00:00.000Z",
      ]) {
        await happened({ storage, past: { workspaceId, sentAt } });
      }
      const counts = await otherProcess.metrics.read({ workspaceId, current, previous });
      expectEqual(
        counts,
        {
          ...nothing,
          sent: [
            { day: "2026-02-23", count: 1 },
            { day: "2026-03-01", count: 1 },
            { day: "2026-03-02", count: 3 },
            { day: "2026-03-03", count: 1 },
            { day: "2026-03-08", count: 1 },
          ],
        },
        "the counts",
      );
    },
  },
  {
    id: "metrics/read/ratings-by-utc-day",
    rule: "Responses count on the UTC day of `respondedAt`, whenever their survey was sent, one row per day and rating.",
    async run({ storage }) {
      const workspaceId = uniqueId("workspace");
      const sentAt = "2026-01-05T10:00:00.000Z";
      for (const answer of [
        [5, "2026-02-22T23:59:59.999Z"],
        [1, "2026-02-23T00:00:00.000Z"],
        [5, "2026-03-01T23:59:59.999Z"],
        [5, "2026-03-02T00:00:00.000Z"],
        [5, "2026-03-02T12:00:00.000Z"],
        [2, "2026-03-02T23:59:59.999Z"],
        [3, "2026-03-03T00:00:00.000Z"],
        [4, "2026-03-08T23:59:59.999Z"],
        [4, "2026-03-09T00:00:00.000Z"],
      ] as const) {
        await happened({ storage, past: { workspaceId, sentAt, answer } });
      }
      const counts = await storage.metrics.read({ workspaceId, current, previous });
      expectEqual(
        counts.ratings,
        [
          { day: "2026-02-23", rating: 1, count: 1 },
          { day: "2026-03-01", rating: 5, count: 1 },
          { day: "2026-03-02", rating: 2, count: 1 },
          { day: "2026-03-02", rating: 5, count: 2 },
          { day: "2026-03-03", rating: 3, count: 1 },
          { day: "2026-03-08", rating: 4, count: 1 },
        ],
        "the ratings",
      );
      expectEqual([counts.sent, counts.cohortAnswered], [[], 0], "sends and cohort");
    },
  },
  {
    id: "metrics/read/windows-apart",
    rule: "Days between two windows that do not touch count in neither.",
    async run({ storage }) {
      const workspaceId = uniqueId("workspace");
      for (const day of ["02-25", "02-27", "03-05"]) {
        const at = `2026-${day}T12:00:00.000Z`;
        await happened({ storage, past: { workspaceId, sentAt: at, answer: [3, at] } });
      }
      const counts = await storage.metrics.read({
        workspaceId,
        current,
        previous: { from: previous.from, until: new Date("2026-02-26T00:00:00.000Z") },
      });
      const days = ["2026-02-25", "2026-03-05"];
      expectEqual(
        counts,
        {
          sent: days.map((day) => ({ day, count: 1 })),
          ratings: days.map((day) => ({ day, rating: 3 as const, count: 1 })),
          resolvers: [{ actorId: null, rating: 3, count: 1 }],
          cohortAnswered: 1,
        },
        "the counts",
      );
    },
  },
  {
    id: "metrics/read/resolvers-of-the-current-window",
    rule: "Responses of the current window count by their ticket's first resolver and rating, Unattributed included; earlier ones do not.",
    async run({ storage }) {
      const workspaceId = uniqueId("workspace");
      const sentAt = "2026-03-02T08:00:00.000Z";
      const inside = "2026-03-04T08:00:00.000Z";
      for (const [actorId, rating, respondedAt] of [
        ["ada", 5, inside],
        ["ada", 5, inside],
        ["ada", 1, inside],
        ["bob", 2, inside],
        [undefined, 2, inside],
        [undefined, 4, inside],
        ["ada", 3, "2026-03-01T08:00:00.000Z"],
        ["null", 3, "2026-03-09T00:00:00.000Z"],
      ] as const) {
        await happened({
          storage,
          past: {
            workspaceId,
            sentAt,
            answer: [rating, respondedAt],
            ...(actorId === undefined ? {} : { actorId }),
          },
        });
      }
      const { resolvers } = await storage.metrics.read({ workspaceId, current, previous });
      expectEqual(
        resolvers,
        [
          { actorId: "ada", rating: 1, count: 1 },
          { actorId: "ada", rating: 5, count: 2 },
          { actorId: "bob", rating: 2, count: 1 },
          { actorId: null, rating: 2, count: 1 },
          { actorId: null, rating: 4, count: 1 },
        ],
        "the counts by resolver",
      );
    },
  },
  {
    id: "metrics/read/cohort",
    rule: "The cohort counts surveys sent in the current window that are answered by now, whenever the answer came.",
    async run({ storage }) {
      const workspaceId = uniqueId("workspace");
      for (const past of [
        { sentAt: "2026-03-02T00:00:00.000Z", answer: [5, "2026-03-02T00:00:00.000Z"] },
        { sentAt: "2026-03-08T23:59:59.999Z", answer: [5, "2026-06-01T00:00:00.000Z"] },
        { sentAt: "2026-03-05T00:00:00.000Z" },
        { sentAt: "2026-03-01T23:59:59.999Z", answer: [5, "2026-03-02T08:00:00.000Z"] },
        { sentAt: "2026-03-09T00:00:00.000Z", answer: [5, "2026-03-09T00:00:00.000Z"] },
      ] as const) {
        await happened({ storage, past: { workspaceId, ...past } });
      }
      const { cohortAnswered } = await storage.metrics.read({ workspaceId, current, previous });
      expectEqual(cohortAnswered, 2, "the answered cohort");
    },
  },
  {
    id: "metrics/read/one-resolver",
    rule: "A resolver narrows sends, ratings, resolvers and cohort alike; null is the Unattributed group, and left out means all.",
    async run({ storage }) {
      const workspaceId = uniqueId("workspace");
      const sentAt = "2026-03-03T08:00:00.000Z";
      const respondedAt = "2026-03-04T08:00:00.000Z";
      for (const past of [
        { actorId: "ada", answer: [5, respondedAt] },
        { actorId: "ada" },
        { actorId: "bob", answer: [4, respondedAt] },
        { answer: [1, respondedAt] },
        {},
        {},
      ] as const) {
        await happened({ storage, past: { workspaceId, sentAt, ...past } });
      }
      const read = async (resolvedBy: string | null | undefined) =>
        await storage.metrics.read({
          workspaceId,
          current,
          previous,
          ...(resolvedBy === undefined ? {} : { resolvedBy }),
        });
      const counts = (actorId: string | null, rating: 1 | 4 | 5, count: number) => ({
        sent: [{ day: "2026-03-03", count }],
        ratings: [{ day: "2026-03-04", rating, count: 1 }],
        resolvers: [{ actorId, rating, count: 1 }],
        cohortAnswered: 1,
      });
      expectEqual(await read("ada"), counts("ada", 5, 2), "the counts of ada");
      expectEqual(await read("bob"), counts("bob", 4, 1), "the counts of bob");
      expectEqual(await read(null), counts(null, 1, 3), "the unattributed counts");
      expectEqual(await read("nobody"), nothing, "the counts of somebody unknown");
      const all = await read(undefined);
      expectEqual(
        [all.sent, all.ratings.length, all.resolvers.length, all.cohortAnswered],
        [[{ day: "2026-03-03", count: 6 }], 3, 3, 3],
        "all counts",
      );
    },
  },
  {
    id: "metrics/read/late-resolution-moves-counts",
    rule: "When a late event changes a ticket's first resolver, its send and its response count for the new one from then on.",
    async run({ storage, otherProcess }) {
      const workspaceId = uniqueId("workspace");
      const at = "2026-03-03T08:00:00.000Z";
      const sent = await happened({
        storage,
        past: { workspaceId, sentAt: at, answer: [2, at], actorId: "bob" },
      });
      const resolvedAt = new Date("2026-01-01T00:00:00.000Z");
      await otherProcess.resolutions.record([aResolution({ ...refOf(sent), actorId: "ada", resolvedAt })]);
      const query = { workspaceId, current, previous };
      const moved = {
        sent: [{ day: "2026-03-03", count: 1 }],
        ratings: [{ day: "2026-03-03", rating: 2, count: 1 }],
        resolvers: [{ actorId: "ada", rating: 2, count: 1 }],
        cohortAnswered: 1,
      } as const;
      expectEqual(await storage.metrics.read(query), moved, "all counts");
      expectEqual(await storage.metrics.read({ ...query, resolvedBy: "ada" }), moved, "the counts of ada");
      expectEqual(await storage.metrics.read({ ...query, resolvedBy: "bob" }), nothing, "the counts of bob");
    },
  },
  {
    id: "metrics/read/only-real-sends",
    rule: "What was never accepted is not sent, whatever its status; what was answered before that was known is, on the day its send began.",
    async run({ storage }) {
      const workspaceId = uniqueId("workspace");
      const steps = stepsOn(storage);
      await steps.arm({ workspaceId });
      await steps.armAndBegin({ workspaceId });
      const failed = await steps.armAndBegin({ workspaceId });
      await steps.fail({ claim: failed.claim, refused: false });
      const skipped = await steps.arm({ workspaceId });
      await steps.skip({ claim: await steps.claim({ survey: skipped }) });
      const query = { workspaceId, current, previous };
      expectEqual(await storage.metrics.read(query), nothing, "the counts before an answer");
      await steps.answer({
        tokenHash: failed.tokenHash,
        rating: 4,
        respondedAt: new Date("2026-03-05T00:00:00.000Z"),
      });
      expectEqual(
        await storage.metrics.read(query),
        {
          sent: [{ day: "2026-03-02", count: 1 }],
          ratings: [{ day: "2026-03-05", rating: 4, count: 1 }],
          resolvers: [{ actorId: null, rating: 4, count: 1 }],
          cohortAnswered: 1,
        },
        "the counts after it",
      );
    },
  },
  {
    id: "metrics/read/erased-and-foreign-rows",
    rule: "Erased tickets count nowhere, and neither do those of other workspaces.",
    async run({ storage }) {
      const workspaceId = uniqueId("workspace");
      const at = "2026-03-03T08:00:00.000Z";
      const erased = await happened({ storage, past: { workspaceId, sentAt: at, answer: [5, at] } });
      const silent = await happened({ storage, past: { workspaceId, sentAt: at } });
      await happened({ storage, past: { workspaceId: uniqueId("workspace"), sentAt: at, answer: [5, at] } });
      await storage.surveys.erase(inCoreOrder([erased, silent]).map(refOf));
      expectEqual(await storage.metrics.read({ workspaceId, current, previous }), nothing, "the counts");
    },
  },
];
