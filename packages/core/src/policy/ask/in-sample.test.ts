import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isInSample, murmurHash3, placeInSample } from "./in-sample.ts";

describe("the hash is MurmurHash3_x86_32 as published", () => {
  // Of smhasher's verification with seed 0, and the vectors that other implementations share.
  test.each([
    ["", 0],
    ["test", 0xba6bd213],
    ["Hello, world!", 0xc0363e43],
    ["The quick brown fox jumps over the lazy dog", 0x2e4ff723],
    ["abc", 0xb3dd93fa],
  ])("%j", (text, hash) => {
    expect(murmurHash3(text)).toBe(hash);
  });
});

const workspaces = ["w1", "6f1c8a4e-0d6e-4a51-9a4e-3f7f4f0c1b2a", "büro"];
const count = 100_000;

/** A generator of its own (mulberry32), so that the ids are the same in every run. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

const random = randomNumbers(62);
const hex = () => random().toString(16).padStart(8, "0");
const kinds = {
  "one after another": Array.from({ length: count }, (_, index) => String(index + 1)),
  "with a prefix, one after another": Array.from({ length: count }, (_, index) => `HELP-${index + 10_000}`),
  random: Array.from({ length: count }, () => random().toString(36)),
  uuid: Array.from({ length: count }, () => {
    const [first, second, third, fourth] = [hex(), hex(), hex(), hex()];
    return `${first}-${second.slice(0, 4)}-4${second.slice(5)}-a${third.slice(1, 4)}-${third.slice(4)}${fourth}`;
  }),
};

describe.each(Object.entries(kinds))("of 100,000 tickets with ids %s", (_, ticketIds) => {
  const places = workspaces.map((workspaceId) =>
    ticketIds.map((ticketId) => placeInSample({ workspaceId, ticketId })),
  );

  // S62
  test.each([1, 10, 25, 50, 75, 99])("%d percent are in, half a point more or less", (percent) => {
    for (const ofWorkspace of places) {
      const share = (100 * ofWorkspace.filter((place) => place < percent).length) / count;
      expect(Math.abs(share - percent), `${share} %`).toBeLessThanOrEqual(0.5);
    }
  });

  // S62
  test("all are in at 100 percent, and none would be at 0", () => {
    for (const place of places.flat()) if (!(place >= 0 && place < 100)) throw new Error(String(place));
  });

  // S62
  test("each is in at the percent above its place, and out below", () => {
    for (const [index, ticketId] of ticketIds.slice(0, 1_000).entries()) {
      const above = Math.floor(places[0]?.[index] ?? Number.NaN) + 1;
      const isIn = (percent: number) => isInSample({ workspaceId: "w1", ticketId, percent });
      expect([isIn(above), isIn(above - 1)]).toEqual([true, false]);
    }
  });
});

test("who is in at a smaller share is in at each larger one", () => {
  // S62
  const percent = fc.integer({ min: 1, max: 100 });
  fc.assert(
    fc.property(fc.string(), fc.string(), percent, percent, (workspaceId, ticketId, one, other) => {
      const [smaller, larger] = [Math.min(one, other), Math.max(one, other)];
      const isIn = (share: number) => isInSample({ workspaceId, ticketId, percent: share });
      expect(isIn(smaller) && !isIn(larger)).toBe(false);
    }),
    { seed: 62, numRuns: 5_000 },
  );
});

test("two workspaces choose independently: of a quarter in the one a quarter is in the other", () => {
  // S62
  const [one, other] = ["w1", "w2"].map((workspaceId) =>
    kinds["one after another"].map((ticketId) => isInSample({ workspaceId, ticketId, percent: 25 })),
  );
  const both = one?.filter((isIn, index) => isIn && other?.[index]).length ?? 0;
  // A sixteenth of 100,000 is 6,250; three standard deviations are 230.
  expect(Math.abs(both - 6_250)).toBeLessThan(230);
});

test("a workspace and a ticket are told apart where their ids meet", () => {
  // S62
  const differ = Array.from({ length: 64 }, (_, index) => `${index}bc`).filter((rest) => {
    const [first = ""] = rest;
    const one = isInSample({ workspaceId: "a", ticketId: rest, percent: 50 });
    return one !== isInSample({ workspaceId: `a${first}`, ticketId: rest.slice(1), percent: 50 });
  });
  expect(differ.length).toBeGreaterThan(10);
});
