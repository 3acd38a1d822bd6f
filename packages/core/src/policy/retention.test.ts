import { expect, test } from "vitest";
import { keptSince } from "./retention.ts";

const now = new Date("2026-03-31T12:00:00.500Z");

test("each kind is kept for its days of 24 hours, and what is not named for ever", () => {
  // S78
  expect(keptSince({ journal: 30, tokens: 400 }, now)).toEqual({
    comments: null,
    journal: new Date("2026-03-01T12:00:00.500Z"),
    events: null,
    tokens: new Date("2025-02-24T12:00:00.500Z"),
  });
});

test("events do not outlive the comments that they carry", () => {
  // S78
  const day = (date: string) => new Date(`${date}T12:00:00.500Z`);
  expect(keptSince({ comments: 1 }, now)).toMatchObject({
    comments: day("2026-03-30"),
    events: day("2026-03-30"),
  });
  expect(keptSince({ comments: 1, events: 10 }, now)).toMatchObject({ events: day("2026-03-30") });
  expect(keptSince({ comments: 10, events: 1 }, now)).toMatchObject({
    comments: day("2026-03-21"),
    events: day("2026-03-30"),
  });
  expect(keptSince({ events: 1 }, now)).toMatchObject({ comments: null, events: day("2026-03-30") });
});

test("where nothing is named everything is kept", () => {
  // S78
  expect(keptSince({}, now)).toBeNull();
});
