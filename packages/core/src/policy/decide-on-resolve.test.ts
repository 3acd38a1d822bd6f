import { expect, test } from "vitest";
import { decideOnResolve } from "./decide-on-resolve.ts";

const week = 7 * 86_400_000;
const resolvedAt = new Date("2026-03-01T12:00:00.000Z");
const on = { enabled: true, sendDelay: "1_hour" } as const;

function decide(
  now: string,
  settings: { enabled: boolean; sendDelay: "1_hour" | "immediately" } = on,
  ask = true,
) {
  return decideOnResolve({ resolvedAt, ask, settings, maxLatenessMs: week, now: new Date(now) });
}

test("a survey is due the delay after the resolution, not after its arrival", () => {
  // S2
  expect(decide("2026-03-01T12:20:00.000Z")).toEqual({
    kind: "arm",
    dueAt: new Date("2026-03-01T13:00:00.000Z"),
  });
});

test("a survey whose due time has passed on arrival is due now", () => {
  // S2
  expect(decide("2026-03-01T15:00:00.000Z")).toEqual({
    kind: "arm",
    dueAt: new Date("2026-03-01T15:00:00.000Z"),
  });
});

test("an immediate survey is due at its resolution", () => {
  // S9
  expect(decide("2026-03-01T12:00:00.000Z", { enabled: true, sendDelay: "immediately" })).toEqual({
    kind: "arm",
    dueAt: resolvedAt,
  });
});

test("while surveys are off nothing is scheduled", () => {
  // S7
  expect(decide("2026-03-01T12:00:00.000Z", { ...on, enabled: false })).toEqual({
    kind: "not_surveyed",
    reason: "csat_disabled",
  });
});

test("a resolution is too old from one millisecond beyond the limit on", () => {
  // S20
  expect(decide("2026-03-08T12:00:00.000Z").kind).toBe("arm");
  expect(decide("2026-03-08T12:00:00.001Z")).toEqual({ kind: "not_surveyed", reason: "expired" });
});

test("a resolution after which nobody is to be asked is left out, unless surveys are off or it is too old", () => {
  // S59, S64
  const reason = (now: string, settings: { enabled: boolean; sendDelay: "1_hour" } = { ...on }) =>
    decide(now, settings, false);
  expect(reason("2026-03-01T12:00:00.000Z")).toEqual({ kind: "not_surveyed", reason: "left_out" });
  expect(reason("2026-03-08T12:00:00.001Z")).toEqual({ kind: "not_surveyed", reason: "expired" });
  const off = { ...on, enabled: false };
  expect(reason("2026-03-01T12:00:00.000Z", off)).toEqual({ kind: "not_surveyed", reason: "csat_disabled" });
});
