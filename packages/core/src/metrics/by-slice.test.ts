import { describe, expect, test } from "vitest";
import type { PartCounts } from "../ports/store/counts.ts";
import { bySlice } from "./by-slice.ts";

const day = "2026-01-05";
const part = (value: string, counts: Partial<PartCounts>): PartCounts => ({
  part: `slice:team=${value}`,
  day,
  sent: 0,
  answered: 0,
  ratings: [0, 0, 0, 0, 0],
  notAsked: 0,
  ...counts,
});
const nothing = { sent: [], ratings: [], cohortAnswered: 0 };

function cut(parts: readonly PartCounts[], whole: Parameters<typeof bySlice>[0]["whole"]) {
  return bySlice({ attribute: "team", parts, whole, prefix: "slice:team=" });
}

describe("values side by side", () => {
  // S85
  const parts = [
    part("a=1", { sent: 3, answered: 1, ratings: [0, 1, 0, 0, 1] }),
    part("a=1", { day: "2026-01-06", sent: 1, ratings: [0, 0, 0, 0, 1] }),
    part("b", { sent: 5, answered: 2, ratings: [0, 0, 0, 1, 0] }),
  ];
  const whole = {
    sent: [{ day, count: 12 }],
    ratings: [
      { day, rating: 5, count: 3 },
      { day, rating: 2, count: 1 },
      { day, rating: 4, count: 1 },
    ],
    cohortAnswered: 4,
  } as const;

  test("have every figure of both sides, by name while chance explains what they differ by; what no value counts had none", () => {
    const { attribute, overlap, rankability, groups } = cut(parts, whole);
    expect({ attribute, overlap, rankability }).toEqual({
      attribute: "team",
      overlap: false,
      rankability: 0,
    });
    expect(groups).toMatchObject([
      {
        kind: "value",
        value: "a=1",
        sent: 4,
        answered: 1,
        responses: 3,
        averageRating: 4,
        responseRate: 3 / 4,
        satisfiedShare: 2 / 3,
        distribution: { 1: 0, 2: 1, 3: 0, 4: 0, 5: 2 },
        isSmall: true,
      },
      { kind: "value", value: "b", sent: 5, answered: 2, responses: 1, averageRating: 4 },
      // 12 − 9 sent, 4 − 3 of them answered; one 5 is left over.
      { kind: "none", value: null, sent: 3, answered: 1, responses: 1, averageRating: 5 },
    ]);
    expect(Object.keys(groups[0] ?? {})).not.toContain("from");
  });

  test("of a set overlap, and tickets with several are not taken for more than they are", () => {
    // One ticket sent had both: it counts once in each, and once beyond.
    const both = [...parts, part("", { sent: 1, answered: 1, ratings: [0, 0, 0, 0, 1] })];
    const { overlap, groups } = cut(both, whole);
    expect(overlap).toBe(true);
    expect(groups.map(({ kind, sent, answered, responses }) => [kind, sent, answered, responses])).toEqual([
      ["value", 4, 1, 3],
      ["value", 5, 2, 1],
      // 12 − (9 − 1) sent, 4 − (3 − 1) answered, 5 − (4 − 1) responses.
      ["none", 4, 2, 2],
    ]);
  });

  test("stand by estimate where it says something, with places; those without answers behind, by name", () => {
    // S86. 100 answers each, of 4.5 and 1.5: far beyond what chance makes. What has no value takes no part.
    const { rankability, groups } = cut(
      [
        part("silent", { sent: 9 }),
        part("good", { sent: 100, ratings: [0, 0, 0, 50, 50] }),
        part("bad", { sent: 100, ratings: [50, 50, 0, 0, 0] }),
        part("Mute", { sent: 9 }),
      ],
      { ...nothing, ratings: [{ day, rating: 1, count: 1_000 }] },
    );
    expect(rankability).toBeGreaterThan(0.9);
    expect(groups.map(({ kind, value, place }) => [kind, value, place])).toEqual([
      ["value", "good", 1],
      ["value", "bad", 2],
      ["value", "Mute", null],
      ["value", "silent", null],
      ["none", null, null],
    ]);
    expect(groups[0]).toMatchObject({ estimate: expect.closeTo(4.5, 1), averageRating: 4.5 });
    expect(groups[4]).toMatchObject({ estimate: null, estimateInterval: null });
    expect(Object.keys(groups[0] ?? {})).not.toContain("name");
  });

  test("of which nothing is left are no values", () => {
    const { groups } = cut(
      [
        part("\u{1f600}", { sent: 1 }),
        part("\uffee", { sent: 1 }),
        part("c", { sent: 2 }),
        part("gone", { sent: 1 }),
        part("gone", { day: "2026-01-06", sent: -1 }),
        part("answered", { ratings: [1, 0, 0, 0, 0] }),
      ],
      { sent: [{ day, count: 4 }], ratings: [{ day, rating: 1, count: 1 }], cohortAnswered: 0 },
    );
    expect(groups.map(({ value }) => value)).toEqual(["answered", "\uffee", "\u{1f600}", "c"]);
  });

  test("are 200 at most; those with the fewest are one group, which is no value", () => {
    const many = Array.from({ length: 203 }, (_, place) =>
      part(`v${String(place).padStart(3, "0")}`, { sent: place === 0 ? 1 : 2, answered: 1 }),
    );
    const { groups } = cut(many, { ...nothing, sent: [{ day, count: 405 }], cohortAnswered: 203 });
    expect(groups).toHaveLength(201);
    expect(groups[0]).toMatchObject({ kind: "value", value: "v001", sent: 2 });
    // v201 and v202, and v000 with the one that it sent.
    expect(groups[200]).toMatchObject({ kind: "other", value: null, sent: 5, answered: 3, responses: 0 });
  });

  test("are none where nothing was sent or answered", () => {
    expect(cut([], nothing)).toEqual({ attribute: "team", overlap: false, rankability: null, groups: [] });
  });

  test("never fall below nothing when something went between the two reads", () => {
    const { groups } = cut([part("a", { sent: 2, answered: 1 })], { ...nothing, sent: [{ day, count: 1 }] });
    expect(groups.map(({ kind }) => kind)).toEqual(["value"]);
  });
});
