import { expect, test } from "vitest";
import type { CountDelta } from "../ports/store/change.ts";
import {
  addCounts,
  correctedDays,
  countsOfTicket,
  metricsCounts,
  ofCountRow,
  partCounts,
  takenBack,
  toCountRow,
} from "./add-counts.ts";

const none = [0, 0, 0, 0, 0] as const;
const of = (given: Partial<CountDelta>): CountDelta => ({
  day: "2026-01-05",
  resolvedBy: "ada",
  sent: 0,
  answered: 0,
  ratings: none,
  ...given,
});

test("counts of one day and resolver are added figure by figure, others stay apart", () => {
  const counts = [
    of({ sent: 2, ratings: [1, 0, 0, 0, 4] }),
    of({ sent: 1, resolvedBy: null }),
    of({ sent: 3, answered: 1, ratings: [0, 2, 3, 0, -1] }),
    of({ sent: 1, day: "2026-01-06" }),
  ];
  expect(addCounts(counts)).toEqual([
    of({ sent: 5, answered: 1, ratings: [1, 2, 3, 0, 3] }),
    of({ sent: 1, resolvedBy: null }),
    of({ sent: 1, day: "2026-01-06" }),
  ]);
});

test("parts are added by themselves, and those whom a decision left out like any other figure", () => {
  const counts = [
    of({ sent: 1 }),
    of({ part: "team:a", sent: 2, notAsked: 3 }),
    of({ part: "team:a", notAsked: -1 }),
    of({ part: "team:b", sent: 1 }),
    of({ notAsked: 2 }),
    of({ part: "team:c", notAsked: 1 }),
    of({ part: "team:c", notAsked: -1 }),
  ];
  expect(addCounts(counts)).toStrictEqual([
    of({ sent: 1, notAsked: 2 }),
    of({ part: "team:a", sent: 2, notAsked: 2 }),
    of({ part: "team:b", sent: 1 }),
  ]);
});

test("counts that were taken back leave nothing, nor does a count of nothing", () => {
  const count = of({ sent: 1, answered: 1, ratings: [0, 0, 0, 0, 1] });
  expect(addCounts([count, of({ resolvedBy: "bob" }), takenBack(count)])).toEqual([]);
  expect(takenBack(of({ sent: 1 }))).toStrictEqual(of({ sent: -1 }));
  const ofPart = of({ part: "team:a", notAsked: 2 });
  expect(takenBack(ofPart)).toStrictEqual(of({ part: "team:a", notAsked: -2 }));
  expect(addCounts([ofPart, takenBack(ofPart)])).toEqual([]);
});

test("counts come back from their row as they were, Unattributed and the whole as no name", () => {
  const count = of({ resolvedBy: null, sent: 1, answered: 2, ratings: [3, 4, 5, 6, 7] });
  const figures = { sent: 1, answered: 2, r1: 3, r2: 4, r3: 5, r4: 6, r5: 7, notAsked: 0 };
  const row = { day: "2026-01-05", resolvedBy: "", part: "", ...figures };
  expect(toCountRow(count)).toEqual(row);
  expect(ofCountRow(row)).toStrictEqual(count);
  expect(ofCountRow(toCountRow(of({})))).toStrictEqual(of({}));
  const ofPart = of({ part: "team:a", notAsked: 8 });
  expect(toCountRow(ofPart)).toMatchObject({ part: "team:a", notAsked: 8 });
  expect(ofCountRow(toCountRow(ofPart))).toStrictEqual(ofPart);
});

test("a ticket counts its send on the send's UTC day and its rating on the answer's, for who is credited", () => {
  const answer = { respondedAt: new Date("2026-01-07T23:59:59.999Z"), rating: 4, resolvedBy: "bob" };
  const sentAt = new Date("2026-01-05T00:00:00.000Z");
  expect(countsOfTicket({ sentAt, resolvedBy: "ada", answer })).toEqual([
    of({ sent: 1, answered: 1 }),
    of({ day: "2026-01-07", resolvedBy: "bob", ratings: [0, 0, 0, 1, 0] }),
  ]);
  expect(countsOfTicket({ sentAt, resolvedBy: "ada", answer: null })).toEqual([of({ sent: 1 })]);
  expect(countsOfTicket({ sentAt: null, resolvedBy: "ada", answer: null })).toEqual([]);
});

test("figures are added by day and by resolver, in order, Unattributed last, without what comes to nothing", () => {
  const days = [
    of({ day: "2026-01-06", sent: 1, ratings: [0, 0, 0, 0, 1] }),
    of({ sent: 2, ratings: [1, 0, 0, 0, 0] }),
    of({ resolvedBy: "bob", sent: 3, ratings: [0, 0, 0, 0, 2] }),
    of({ day: "2026-01-04", sent: 1 }),
    of({ day: "2026-01-04", sent: -1 }),
  ];
  const resolvers = [
    of({ resolvedBy: null, answered: 1, ratings: [0, 0, 0, 0, 1] }),
    of({ resolvedBy: "\u{1F600}", ratings: [0, 1, 0, 0, 0] }),
    of({ resolvedBy: "\uFFFD", answered: 2, ratings: [1, 1, 0, 0, 0] }),
    of({ resolvedBy: "\uFFFD", day: "2026-01-06", ratings: [1, 0, 0, 0, 0] }),
  ];
  expect(metricsCounts({ days, resolvers })).toEqual({
    sent: [
      { day: "2026-01-05", count: 5 },
      { day: "2026-01-06", count: 1 },
    ],
    ratings: [
      { day: "2026-01-05", rating: 1, count: 1 },
      { day: "2026-01-05", rating: 5, count: 2 },
      { day: "2026-01-06", rating: 5, count: 1 },
    ],
    resolvers: [
      { actorId: "\uFFFD", rating: 1, count: 2 },
      { actorId: "\uFFFD", rating: 2, count: 1 },
      { actorId: "\u{1F600}", rating: 2, count: 1 },
      { actorId: null, rating: 5, count: 1 },
    ],
    cohortAnswered: 3,
  });
});

test("counts of parts are added over resolvers, by part and day, without what comes to nothing", () => {
  const counts = [
    of({ part: "~", day: "2026-01-06", sent: 1, ratings: [0, 0, 0, 0, 1] }),
    of({ part: "\u{1F600}", sent: 1 }),
    of({ part: "\uFFFD", notAsked: 1 }),
    of({ part: "~", answered: 1, resolvedBy: "bob" }),
    of({ part: "~", sent: 2, ratings: [0, 1, 0, 0, 0], notAsked: 4 }),
    of({ part: "gone", sent: 1 }),
    of({ part: "gone", sent: -1, resolvedBy: "bob" }),
  ];
  const row = { day: "2026-01-05", sent: 0, answered: 0, ratings: none, notAsked: 0 };
  expect(partCounts(counts)).toStrictEqual([
    { ...row, part: "~", sent: 2, answered: 1, ratings: [0, 1, 0, 0, 0], notAsked: 4 },
    { ...row, part: "~", day: "2026-01-06", sent: 1, ratings: [0, 0, 0, 0, 1] },
    { ...row, part: "\uFFFD", notAsked: 1 },
    { ...row, part: "\u{1F600}", sent: 1 },
  ]);
});

test("a day is off when any figure of any resolver is, also where its totals are equal", () => {
  const was = [
    of({ day: "2026-01-06", sent: 2, ratings: [0, 0, 0, 0, 3] }),
    of({ sent: 1, answered: 1 }),
    of({ day: "2026-01-04", resolvedBy: "bob", sent: 1 }),
    of({ day: "2026-01-03", sent: 7 }),
  ];
  const is = [
    of({ day: "2026-01-03", sent: 7 }),
    of({ day: "2026-01-04", sent: 1 }),
    of({ sent: 1 }),
    of({ day: "2026-01-07", ratings: [0, 1, 0, 0, 0] }),
  ];
  expect(correctedDays(was, is)).toEqual([
    { day: "2026-01-04", was: 1, is: 1 },
    { day: "2026-01-05", was: 1, is: 1 },
    { day: "2026-01-06", was: 5, is: 0 },
    { day: "2026-01-07", was: 0, is: 1 },
  ]);
  expect(correctedDays(is, is)).toEqual([]);
  // No row tells of those whom a decision left out.
  expect(correctedDays([of({ notAsked: 5 })], [of({})])).toEqual([]);
});
