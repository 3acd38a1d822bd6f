import { expect, test } from "vitest";
import { notAskedFigures, samplingIn } from "./not-asked.ts";

const nothing = { sent: 0, answered: 0, ratings: [0, 0, 0, 0, 0] } as const;
const part = (reason: string, day: string, notAsked: number) => ({
  ...nothing,
  part: `not_asked:${reason}`,
  day,
  notAsked,
});

test("who was not asked is told by reason, the most frequent first, and by day", () => {
  // S59
  const counts = [
    part("asked_recently", "2026-01-06", 2),
    part("left_out", "2026-01-05", 4),
    part("asked_recently", "2026-01-05", 1),
    part("sampled_out", "2026-01-05", 3),
    part("sampled_out", "2026-01-06", 0),
    { ...part("", "2026-01-05", 9), part: "slice:team" },
  ];
  expect(notAskedFigures(counts, "not_asked:")).toEqual({
    total: 10,
    byReason: [
      { reason: "left_out", count: 4 },
      { reason: "asked_recently", count: 3 },
      { reason: "sampled_out", count: 3 },
    ],
    daily: [
      { day: "2026-01-05", reason: "asked_recently", count: 1 },
      { day: "2026-01-05", reason: "left_out", count: 4 },
      { day: "2026-01-05", reason: "sampled_out", count: 3 },
      { day: "2026-01-06", reason: "asked_recently", count: 2 },
    ],
  });
  expect(notAskedFigures([], "not_asked:")).toEqual({ total: 0, byReason: [], daily: [] });
});

test("the sample of a window is the one in force at its begin, and every one that followed inside", () => {
  // S62
  const at = (day: number) => new Date(Date.UTC(2026, 0, day));
  const window = { from: at(10), until: at(20) };
  const since = (day: number, percent: number) => ({ since: at(day), percent });
  expect(samplingIn(window, [])).toEqual({ percents: [100] });
  expect(samplingIn(window, [since(5, 25)])).toEqual({ percents: [25] });
  expect(samplingIn(window, [since(10, 25)])).toEqual({ percents: [25] });
  expect(samplingIn(window, [since(5, 25), since(12, 50), since(13, 25), since(20, 10)])).toEqual({
    percents: [25, 50],
  });
});
