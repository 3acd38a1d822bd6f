import type { MetricsCounts, MetricsQuery, Store } from "@csat/core";
import { expectEqual } from "../assertions.ts";
import { aChange, aDelta, aHead, aKey, uniqueId } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import { current, happened, miscounted, noon, previous, rated } from "../history.ts";
import { mustWrite, outcomeOf } from "../steps.ts";

const counts = (storage: Store<unknown>, query: Partial<MetricsQuery>): Promise<MetricsCounts> =>
  storage.counts({ workspaceId: "acme", current, previous, ...query });

/** No counts of anything. */
const none: MetricsCounts = { sent: [], ratings: [], resolvers: [], cohortAnswered: 0 };

/** What was counted. */
export const countCases: readonly StorageCase[] = [
  {
    id: "counts/nothing",
    rule: "A workspace of which nothing was counted has no counts, and those of another are not its own.",
    async run({ storage }) {
      expectEqual(await counts(storage, {}), none, "the counts of an empty database");
      await happened(storage, {
        workspaceId: "globex",
        sentAt: noon("2026-03-02"),
        answer: [5, noon("2026-03-02")],
      });
      expectEqual(await counts(storage, {}), none, "the counts beside those of another workspace");
      expectEqual(await counts(storage, { workspaceId: "ACME" }), none, "the counts of a look-alike");
    },
  },
  {
    id: "counts/by-day-and-resolver",
    rule: "Sends and ratings are counted by day over both windows, ratings by resolver and answered sends in the current one alone.",
    async run({ storage, otherProcess }) {
      const workspaceId = "acme";
      await happened(
        storage,
        { workspaceId, sentAt: noon("2026-02-24"), answer: [1, noon("2026-02-25")], actorId: "ada" },
        { workspaceId, sentAt: noon("2026-02-26"), answer: [4, noon("2026-03-03")], actorId: "ada" },
        { workspaceId, sentAt: noon("2026-03-02"), answer: [5, noon("2026-03-03")], actorId: "bob" },
        { workspaceId, sentAt: noon("2026-03-02"), answer: [5, noon("2026-03-03")], actorId: "ada" },
        { workspaceId, sentAt: noon("2026-03-02"), answer: [2, noon("2026-03-08")] },
        { workspaceId, sentAt: noon("2026-03-08"), actorId: "ada" },
      );
      expectEqual(
        await counts(otherProcess, {}),
        {
          sent: [
            { day: "2026-02-24", count: 1 },
            { day: "2026-02-26", count: 1 },
            { day: "2026-03-02", count: 3 },
            { day: "2026-03-08", count: 1 },
          ],
          ratings: [
            { day: "2026-02-25", rating: 1, count: 1 },
            { day: "2026-03-03", rating: 4, count: 1 },
            { day: "2026-03-03", rating: 5, count: 2 },
            { day: "2026-03-08", rating: 2, count: 1 },
          ],
          resolvers: [
            { actorId: "ada", rating: 4, count: 1 },
            { actorId: "ada", rating: 5, count: 1 },
            { actorId: "bob", rating: 5, count: 1 },
            { actorId: null, rating: 2, count: 1 },
          ],
          cohortAnswered: 3,
        },
        "the counts",
      );
    },
  },
  {
    id: "counts/half-open-windows",
    rule: "A window holds its first day and not the one it ends at; what lies between two windows is in neither.",
    async run({ storage }) {
      const days = ["2026-02-22", "2026-02-23", "2026-03-01", "2026-03-02", "2026-03-08", "2026-03-09"];
      const deltas = days.map((day) => aDelta({ day, sent: 1, answered: 1, ratings: [0, 0, 1, 0, 0] }));
      await miscounted(storage, "acme", ...deltas);
      const all = await counts(storage, {});
      expectEqual(
        all.sent.map(({ day }) => day),
        days.slice(1, 5),
        "days with sends",
      );
      expectEqual(
        all.ratings.map(({ day }) => day),
        days.slice(1, 5),
        "days with ratings",
      );
      expectEqual(all.resolvers, [{ actorId: null, rating: 3, count: 2 }], "ratings by resolver");
      expectEqual(all.cohortAnswered, 2, "sends of the current window that are answered");
      const apart = { from: previous.from, until: new Date("2026-03-01T00:00:00.000Z") };
      const { sent } = await counts(storage, { previous: apart });
      expectEqual(
        sent.map(({ day }) => day),
        ["2026-02-23", "2026-03-02", "2026-03-08"],
        "days of windows apart",
      );
    },
  },
  {
    // S42
    id: "counts/one-resolver",
    rule: "A filter narrows sends, ratings, resolvers and answered sends alike to that actor, or to Unattributed.",
    async run({ storage }) {
      const day = "2026-03-04";
      for (const [actorId, times] of [
        ["ada", 1],
        ["Ada", 2],
        ["null", 3],
        [null, 4],
      ] as const) {
        const survey = { workspaceId: "acme", sentAt: noon(day), answer: [5, noon(day)] as const };
        const surveys = Array.from({ length: times }, () =>
          actorId === null ? survey : { ...survey, actorId },
        );
        await happened(storage, ...surveys);
      }
      for (const [actorId, count] of [
        ["ada", 1],
        ["Ada", 2],
        ["null", 3],
        [null, 4],
        ["nobody", 0],
      ] as const) {
        const wanted: MetricsCounts = {
          sent: [{ day, count }],
          ratings: [{ day, rating: 5, count }],
          resolvers: [{ actorId, rating: 5, count }],
          cohortAnswered: count,
        };
        const seen = await counts(storage, { resolvedBy: actorId });
        expectEqual(seen, count === 0 ? none : wanted, `the counts of ${actorId}`);
      }
    },
  },
  {
    id: "counts/sums-of-deltas",
    rule: "Every figure is the sum of the deltas written, negative ones too; what comes to nothing is left out.",
    async run({ storage, otherProcess }) {
      const ada = { resolvedBy: "ada" };
      await miscounted(storage, "acme", aDelta({ ...ada, sent: 5, answered: 3, ratings: [0, 1, 0, 2, 0] }));
      await miscounted(
        otherProcess,
        "acme",
        aDelta({ ...ada, sent: -2, answered: -1, ratings: [0, -1, 0, 1, 0] }),
      );
      await miscounted(storage, "acme", aDelta({ sent: 7 }), aDelta({ sent: -7 }));
      await miscounted(
        storage,
        "acme",
        aDelta({ day: "2026-03-03", sent: 1 }),
        aDelta({ day: "2026-03-03", sent: -1 }),
      );
      expectEqual(
        await counts(storage, {}),
        {
          sent: [{ day: "2026-03-02", count: 3 }],
          ratings: [{ day: "2026-03-02", rating: 4, count: 3 }],
          resolvers: [{ actorId: "ada", rating: 4, count: 3 }],
          cohortAnswered: 2,
        },
        "the counts",
      );
      await miscounted(
        storage,
        "acme",
        aDelta({ ...ada, sent: -3, answered: -2, ratings: [0, 0, 0, -3, 0] }),
      );
      expectEqual(await counts(storage, {}), none, "the counts after all was taken back");
    },
  },
  {
    id: "counts/moved-to-another-resolver",
    rule: "Deltas that take from one resolver and give to another leave the days as they were.",
    async run({ storage }) {
      const day = "2026-03-05";
      const survey = { workspaceId: "acme", sentAt: noon(day), answer: [2, noon(day)] as const };
      await happened(storage, survey);
      const before = await counts(storage, {});
      const move = (resolvedBy: string | null, count: number) => [
        aDelta({ day, resolvedBy, sent: count, answered: count }),
        rated({ day, resolvedBy, rating: 2, count }),
      ];
      await miscounted(storage, "acme", ...move(null, -1), ...move("ada", 1));
      const after = await counts(storage, {});
      expectEqual({ ...after, resolvers: [] }, { ...before, resolvers: [] }, "the days");
      expectEqual(after.resolvers, [{ actorId: "ada", rating: 2, count: 1 }], "ratings by resolver");
    },
  },
  {
    id: "counts/order",
    rule: "Days come in their order and ratings from 1 to 5; resolvers by code points, Unattributed last.",
    async run({ storage }) {
      const actors = ["😀", "～", "é", "a", "Z", null, "10", "9"];
      for (const day of ["2026-03-08", "2026-02-23", "2026-03-02"])
        await miscounted(
          storage,
          "acme",
          ...actors.map((resolvedBy) => aDelta({ day, resolvedBy, sent: 1, ratings: [1, 1, 1, 1, 1] })),
        );
      const { sent, ratings, resolvers } = await counts(storage, {});
      const days = ["2026-02-23", "2026-03-02", "2026-03-08"];
      expectEqual(
        sent.map(({ day }) => day),
        days,
        "days with sends",
      );
      const each = [1, 2, 3, 4, 5];
      expectEqual(
        ratings.map(({ day, rating }) => `${day} ${rating}`),
        days.flatMap((day) => each.map((rating) => `${day} ${rating}`)),
        "days with ratings",
      );
      expectEqual(
        resolvers.map(({ actorId, rating }) => `${actorId} ${rating}`),
        ["10", "9", "Z", "a", "é", "～", "😀", null].flatMap((actor) =>
          each.map((rating) => `${actor} ${rating}`),
        ),
        "resolvers",
      );
    },
  },
  {
    id: "counts/at-once",
    rule: "What a write counted is counted at the next read, and what a transaction has not committed is not.",
    async run({ storage, otherProcess }) {
      const sends = async () => (await counts(otherProcess, {})).sent.map(({ count }) => count);
      for (const total of [1, 2, 3]) {
        await miscounted(storage, "acme", aDelta({ sent: 1 }));
        expectEqual(await sends(), [total], "sends counted");
      }
      const rolledBack = new Error("rolled back");
      await storage
        .own(async (session) => {
          await mustWrite(
            session,
            aChange([aHead(aKey({ workspaceId: "acme" }))], { deltas: [aDelta({ sent: 1 })] }),
          );
          throw rolledBack;
        })
        .catch((error: unknown) => {
          if (error !== rolledBack) throw error;
        });
      expectEqual(await sends(), [3], "sends counted after a rollback");
    },
  },
  {
    id: "counts/of-tickets-alone",
    rule: "A change without a ticket has no rows beside it: nothing of it is counted.",
    async run({ storage }) {
      const customer = aKey({ kind: "customer", workspaceId: "acme", id: uniqueId("customer") });
      const change = aChange([aHead(customer)], { deltas: [aDelta({ sent: 1 })] });
      expectEqual(await outcomeOf(storage.auto, change), "written", "the outcome");
      expectEqual(await counts(storage, {}), none, "the counts");
    },
  },
  {
    id: "counts/many-writers",
    rule: "Deltas of 40 simultaneous writes to one day and resolver are all counted, and nobody waits for ever.",
    async run({ storage, otherProcess }) {
      const writes = Array.from({ length: 40 }, (_, place) =>
        miscounted(
          place % 2 ? storage : otherProcess,
          "acme",
          aDelta({ resolvedBy: "ada", sent: 1, ratings: [0, 0, 0, 0, 2] }),
        ),
      );
      await Promise.all(writes);
      const { sent, resolvers } = await counts(storage, {});
      expectEqual([sent[0]?.count, resolvers[0]?.count], [40, 80], "sends and ratings");
    },
  },
];
