import type { Backlog } from "@csat/core";
import { expect, test } from "vitest";
import { reasonsIn } from "./health.ts";

const now = new Date("2026-03-01T12:00:00Z");
const calm: Backlog = {
  dueSurveys: 0,
  oldestDueAt: null,
  expiredLeases: 0,
  failedSurveys: 0,
  dueEvents: 0,
  deadEvents: 0,
};

test.each([
  ["nothing is due", calm, []],
  [
    "work is due for as long as is allowed",
    { ...calm, dueSurveys: 2, oldestDueAt: new Date("2026-03-01T11:45:00Z") },
    [],
  ],
  [
    "work waits a second longer",
    { ...calm, dueSurveys: 2, oldestDueAt: new Date("2026-03-01T11:44:59Z") },
    ["2 surveys are due, the oldest for 901 s: is a worker running, does mail work?"],
  ],
])("readiness, when %s", (_when, backlog, reasons) => {
  expect(reasonsIn(backlog, { maxLagMs: 15 * 60_000, now })).toEqual(reasons);
});
