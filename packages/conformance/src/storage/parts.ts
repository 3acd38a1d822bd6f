import type { CountDelta, PartCounts, PartsQuery, Store } from "@csat/core";
import { expectEqual } from "../assertions.ts";
import { aDelta, type Given, utc } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import { current, happened, miscounted, noon, previous } from "../history.ts";

/** Of whom everything is counted. */
export const workspaceId = "acme";

/** Stops nothing. */
export const patient = () => new AbortController().signal;

/** The parts of the current week, unless told otherwise. */
export const parts = (
  storage: Store<unknown>,
  query: Partial<PartsQuery> = {},
): Promise<readonly PartCounts[]> => storage.parts({ workspaceId, window: current, prefix: "", ...query });

/** The names of those, one for each row. */
export const names = async (...asked: Parameters<typeof parts>) =>
  (await parts(...asked)).map(({ part }) => part);

/** Nothing of 2 March 2026, unless told otherwise. */
export function aRow(part: string, given: Given<Omit<PartCounts, "part">> = {}): PartCounts {
  const { resolvedBy: _, ...delta } = aDelta(given);
  return { ...delta, part, notAsked: delta.notAsked ?? 0 };
}

/** Adds nothing to a part, unless told otherwise. */
export const ofPart = (part: string, given: Given<CountDelta> = {}) => aDelta({ ...given, part });

/** Parts whose names a pattern, another case or another order of characters would mix up; in their order. */
const lookAlikes = [
  "%",
  "A",
  "A:x",
  "\\",
  "_",
  "a",
  "a ",
  "a%b",
  "a:",
  "a:x",
  "a_b",
  "axb",
  "é",
  "\ud7ff",
  "\ue000",
  "～",
  "😀",
  "😀x",
];

/** What was counted of parts of the whole. */
export const partCases: readonly StorageCase[] = [
  {
    id: "parts/nothing",
    rule: "A workspace of which no part was counted has none: the whole is no part, and those of another workspace are not its own.",
    async run({ storage }) {
      await miscounted(storage, workspaceId, aDelta({ sent: 1, notAsked: 1 }));
      await miscounted(storage, "globex", ofPart("team:a", { sent: 1 }));
      for (const one of [workspaceId, "GLOBEX", "globex ", "glob"])
        expectEqual(await parts(storage, { workspaceId: one }), [], `the parts of "${one}"`);
    },
  },
  {
    id: "parts/by-part-and-day",
    rule: "Every figure is the sum of the deltas of its part and day, over all resolvers; parts in the order of code points, then days.",
    async run({ storage, otherProcess }) {
      await miscounted(
        storage,
        workspaceId,
        ofPart("b", { sent: 5, answered: 3, ratings: [1, 0, 0, 0, 2], notAsked: 4 }),
        ofPart("b", { resolvedBy: "ada", sent: -2, ratings: [0, 1, 1, 1, -1], notAsked: -1 }),
        ofPart("a", { day: "2026-03-08", notAsked: 7 }),
        ofPart("a", { day: "2026-03-03", ratings: [0, 0, 0, 0, 1] }),
        ofPart("gone", { sent: 1 }),
        ofPart("~", { sent: 2 }),
      );
      await miscounted(otherProcess, workspaceId, ofPart("gone", { sent: -1 }), ofPart("b", { answered: 1 }));
      await miscounted(storage, "globex", ofPart("a", { sent: 100 }));
      expectEqual(
        await parts(otherProcess),
        [
          aRow("a", { day: "2026-03-03", ratings: [0, 0, 0, 0, 1] }),
          aRow("a", { day: "2026-03-08", notAsked: 7 }),
          aRow("b", { sent: 3, answered: 4, ratings: [1, 1, 1, 1, 1], notAsked: 3 }),
          aRow("~", { sent: 2 }),
        ],
        "the parts",
      );
    },
  },
  {
    id: "parts/beside-the-whole",
    rule: "What was counted of a part is not counted of the whole, nor of another part, and the whole not of any part.",
    async run({ storage }) {
      const day = "2026-03-03";
      await happened(storage, { workspaceId, sentAt: noon(day), answer: [5, noon(day)], actorId: "ada" });
      const query = { workspaceId, current, previous };
      const whole = await storage.counts(query);
      for (const [part, count] of [
        ["team:a", 2],
        ["team:b", 3],
        ["TEAM:A", 4],
      ] as const)
        await miscounted(
          storage,
          workspaceId,
          ofPart(part, { day, resolvedBy: "ada", sent: count, answered: 1, ratings: [0, count, 0, 0, 0] }),
          ofPart(part, { day: "2026-02-24", sent: 1, notAsked: 1 }),
        );
      expectEqual(await storage.counts(query), whole, "the counts of the whole");
      const ofA = {
        sent: [
          { day: "2026-02-24", count: 1 },
          { day, count: 2 },
        ],
        ratings: [{ day, rating: 2, count: 2 }] as const,
        resolvers: [{ actorId: "ada", rating: 2, count: 2 }] as const,
        cohortAnswered: 1,
      };
      expectEqual(await storage.counts({ ...query, part: "team:a" }), ofA, "the counts of a part");
      expectEqual(
        await storage.counts({ ...query, part: "team:a", resolvedBy: "ada" }),
        { ...ofA, sent: [{ day, count: 2 }] },
        "the counts of a part and a resolver",
      );
      const none = { sent: [], ratings: [], resolvers: [], cohortAnswered: 0 };
      expectEqual(await storage.counts({ ...query, part: "team" }), none, "the counts of no part");
    },
  },
  {
    id: "parts/literal-prefix",
    rule: "A prefix is compared character by character: case counts, blanks and what is special in patterns stand for themselves.",
    async run({ storage }) {
      await miscounted(storage, workspaceId, ...lookAlikes.map((part) => ofPart(part, { sent: 1 })));
      expectEqual(await names(storage), lookAlikes, "all parts");
      for (const prefix of [...lookAlikes, "a:xy", "\u{10ffff}", "A%", "a\\"])
        expectEqual(
          await names(storage, { prefix }),
          lookAlikes.filter((part) => part.startsWith(prefix)),
          `the parts that begin with "${prefix}"`,
        );
    },
  },
  {
    id: "parts/long-names",
    rule: "Names of 300 characters are told apart to their last one, and those of 1 are names.",
    async run({ storage }) {
      const long = ["x", "é", "～"].flatMap((letter) => [`${letter.repeat(299)}a`, `${letter.repeat(299)}b`]);
      const all = ["x", ...long];
      await miscounted(storage, workspaceId, ...all.map((part, place) => ofPart(part, { sent: place + 1 })));
      await storage.keepHouse(new Date(), patient());
      const wanted = ["x", ...long].map((part, place) => aRow(part, { sent: place + 1 }));
      expectEqual(await parts(storage), wanted, "the parts");
      expectEqual(
        await names(storage, { prefix: long[0] ?? "" }),
        long.slice(0, 1),
        "the parts of a whole name",
      );
    },
  },
  {
    id: "parts/half-open-window",
    rule: "A window holds its first day and not the one that it ends at.",
    async run({ storage }) {
      const days = ["2026-03-01", "2026-03-02", "2026-03-08", "2026-03-09"];
      await miscounted(storage, workspaceId, ...days.map((day) => ofPart("a", { day, sent: 1 })));
      const wanted = days.slice(1, 3).map((day) => aRow("a", { day, sent: 1 }));
      expectEqual(await parts(storage), wanted, "the parts");
      await storage.keepHouse(new Date(), patient());
      expectEqual(await parts(storage), wanted, "the parts once they are folded");
      const day = { from: utc("2026-03-08T00:00:00.000Z"), until: utc("2026-03-09T00:00:00.000Z") };
      expectEqual(await parts(storage, { window: day }), wanted.slice(1), "the parts of one day");
    },
  },
  {
    id: "parts/days-added-up",
    rule: "Where whoever asks adds the days up, every part still comes to the same, of all resolvers and of one.",
    async run({ storage }) {
      const counted = { sent: 2, answered: 1, ratings: [1, 0, 0, 0, 1], notAsked: 1 } as const;
      await miscounted(
        storage,
        workspaceId,
        ofPart("a", { ...counted, day: "2026-03-02" }),
        ofPart("a", { ...counted, day: "2026-03-04", resolvedBy: "ada" }),
        ofPart("a", { sent: 9, day: "2026-02-28" }),
        ofPart("b", { sent: 1, day: "2026-03-04" }),
      );
      const sums = async (query: Partial<PartsQuery>) => {
        const sums: Record<string, number[]> = {};
        for (const { part, sent, answered, ratings, notAsked } of await parts(storage, query)) {
          const figures = [sent, answered, ...ratings, notAsked];
          sums[part] = figures.map((figure, place) => figure + (sums[part]?.[place] ?? 0));
        }
        return sums;
      };
      const added = { daysAddedUp: true } as const;
      expectEqual(
        await sums(added),
        { a: [4, 2, 2, 0, 0, 0, 2, 2], b: [1, 0, 0, 0, 0, 0, 0, 0] },
        "the sums",
      );
      expectEqual(
        await sums({ ...added, resolvedBy: "ada" }),
        { a: [2, 1, 1, 0, 0, 0, 1, 1] },
        "those of ada",
      );
    },
  },
  {
    id: "parts/one-resolver",
    rule: "A filter narrows every figure to that actor, or to Unattributed.",
    async run({ storage }) {
      const actors = [
        ["ada", 1],
        ["Ada", 2],
        ["null", 3],
        [null, 4],
        ["nobody", 0],
      ] as const;
      const deltas = actors.map(([resolvedBy, count]) =>
        ofPart("a", {
          resolvedBy,
          sent: count,
          answered: count,
          ratings: [count, 0, 0, 0, 0],
          notAsked: count,
        }),
      );
      await miscounted(storage, workspaceId, ...deltas);
      for (const isFolded of [false, true]) {
        for (const [resolvedBy, count] of actors) {
          const row = aRow("a", {
            sent: count,
            answered: count,
            ratings: [count, 0, 0, 0, 0],
            notAsked: count,
          });
          expectEqual(
            await parts(storage, { resolvedBy }),
            count === 0 ? [] : [row],
            `the parts of ${resolvedBy}, ${isFolded ? "" : "not yet "}folded`,
          );
        }
        await storage.keepHouse(new Date(), patient());
      }
    },
  },
];
