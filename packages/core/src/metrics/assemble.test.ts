import { expect, test } from "vitest";
import type { MetricsCounts } from "../ports/store/counts.ts";
import { assemble } from "./assemble.ts";

const at = (day: string) => new Date(`${day}T00:00:00.000Z`);
const windows = {
  previous: { from: at("2026-02-26"), until: at("2026-03-01") },
  current: { from: at("2026-03-01"), until: at("2026-03-04") },
};
const nothing: MetricsCounts = { sent: [], ratings: [], resolvers: [], cohortAnswered: 0 };
const of = (counts: Partial<MetricsCounts>) =>
  assemble({
    windows,
    counts: { ...nothing, ...counts },
    names: new Map(),
    bySlice: null,
    byChannel: [],
    notAsked: null,
    sampling: { percents: [100] },
  });

const some: Partial<MetricsCounts> = {
  sent: [
    { day: "2026-02-26", count: 6 },
    { day: "2026-02-28", count: 4 },
    { day: "2026-03-01", count: 5 },
    { day: "2026-03-03", count: 15 },
  ],
  ratings: [
    { day: "2026-02-28", rating: 3, count: 2 },
    { day: "2026-03-01", rating: 1, count: 1 },
    { day: "2026-03-01", rating: 5, count: 3 },
    { day: "2026-03-03", rating: 4, count: 2 },
  ],
  resolvers: [
    { actorId: "ann", rating: 1, count: 1 },
    { actorId: "ann", rating: 5, count: 3 },
    { actorId: null, rating: 4, count: 2 },
  ],
  cohortAnswered: 5,
};

test("each window counts its own days, both ends inside", () => {
  // S40, S41, S43, S44. 1 + 15 + 8 = 24 of 6 answers; 6 of 20 sends; 5 of 6 are 4 or 5.
  const { current, previous } = of(some);
  expect(current).toEqual({
    from: "2026-03-01",
    to: "2026-03-03",
    sent: 20,
    responses: 6,
    averageRating: 4,
    // Squares 1 + 75 + 32 = 108: variance (108 − 96) ÷ 5 = 2.4, error √0.4, t for 5 degrees 2.5706: 4 ± 1.6258.
    averageRatingInterval: { low: expect.closeTo(2.3742, 4), high: 5 },
    responseRate: 0.3,
    responseRateInterval: { low: expect.closeTo(0.1455, 4), high: expect.closeTo(0.519, 4) },
    satisfiedShare: 5 / 6,
    satisfiedShareInterval: { low: expect.closeTo(0.4365, 4), high: expect.closeTo(0.9699, 4) },
    distribution: { 1: 1, 2: 0, 3: 0, 4: 2, 5: 3 },
    isSmall: false,
  });
  expect(previous).toMatchObject({
    from: "2026-02-26",
    to: "2026-02-28",
    sent: 10,
    responses: 2,
    averageRating: 3,
    averageRatingInterval: null,
    distribution: { 1: 0, 2: 0, 3: 2, 4: 0, 5: 0 },
    isSmall: true,
  });
});

test("deltas are current minus previous, those of rates in percentage points", () => {
  // S40. 30 % − 20 %; 5 of 6 − 0 of 2.
  expect(of(some).delta).toMatchObject({
    averageRating: 1,
    responseRate: 10,
    satisfiedShare: expect.closeTo(83.3333, 4),
    responses: 4,
  });
  expect(of(some).delta.tests).toMatchObject({
    averageRating: { isBeyondNoise: false },
    responseRate: { isBeyondNoise: false },
    satisfiedShare: { isBeyondNoise: false },
  });
});

test("the trend has every day of the current window, zeros and no average where nothing was", () => {
  // S44
  expect(of(some).daily).toEqual([
    { day: "2026-03-01", responses: 4, sent: 5, averageRating: 4 },
    { day: "2026-03-02", responses: 0, sent: 0, averageRating: null },
    { day: "2026-03-03", responses: 2, sent: 15, averageRating: 4 },
  ]);
});

test("the cohort is a share of the sends of the window", () => {
  // S41
  expect(of(some).cohort).toEqual({
    sent: 20,
    answered: 5,
    rate: 0.25,
    rateInterval: { low: expect.closeTo(0.1119, 4), high: expect.closeTo(0.4687, 4) },
  });
});

test("operators and Unattributed add up to the total, and the benchmark stands beside", () => {
  // S47
  const { byResolver, current, benchmark } = of(some);
  expect(byResolver.reduce((sum, { responses }) => sum + responses, 0)).toBe(current.responses);
  expect(benchmark).toEqual({ responseRate: { low: 0.15, high: 0.4 } });
});

test("where nothing happened figures are null and counts 0", () => {
  // S40, S41, S43, S44
  const { current, delta, cohort, daily, byResolver } = of({});
  expect(current).toMatchObject({
    sent: 0,
    responses: 0,
    averageRating: null,
    averageRatingInterval: null,
    responseRate: null,
    responseRateInterval: null,
    satisfiedShare: null,
    satisfiedShareInterval: null,
    distribution: { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 },
    isSmall: true,
  });
  expect(delta).toEqual({
    averageRating: null,
    responseRate: null,
    satisfiedShare: null,
    responses: 0,
    tests: { averageRating: null, responseRate: null, satisfiedShare: null },
  });
  expect(cohort).toEqual({ sent: 0, answered: 0, rate: null, rateInterval: null });
  expect(daily.map(({ responses }) => responses)).toEqual([0, 0, 0]);
  expect(byResolver).toEqual([]);
});

test("a rate above 1 stands as it is, without an interval and without a test", () => {
  // S41: three answers to earlier sends, two sends.
  const { current, delta } = of({
    sent: [
      { day: "2026-02-27", count: 4 },
      { day: "2026-03-02", count: 2 },
    ],
    ratings: [
      { day: "2026-02-27", rating: 5, count: 1 },
      { day: "2026-03-01", rating: 5, count: 3 },
    ],
  });
  expect([current.responseRate, current.responseRateInterval]).toEqual([1.5, null]);
  expect([delta.responseRate, delta.tests.responseRate]).toEqual([125, null]);
});

test("a delta needs both sides", () => {
  // S40
  const { delta } = of({
    sent: [{ day: "2026-03-01", count: 2 }],
    ratings: [{ day: "2026-03-01", rating: 5, count: 1 }],
  });
  expect(delta).toMatchObject({
    averageRating: null,
    responseRate: null,
    satisfiedShare: null,
    responses: 1,
  });
});
