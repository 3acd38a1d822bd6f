import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { utcDay } from "../survey/add-counts.ts";
import { daysOf, isWholeDays, lastDayOf, maxRangeDays, readRange, type Windows } from "./date-window.ts";

const now = new Date("2026-03-10T15:00:00.000Z");

function windowsOf(range: unknown, at: Date = now): Windows {
  const windows = readRange(range, at);
  if ("issues" in windows) throw new Error(JSON.stringify(windows.issues));
  return windows;
}

function shown(range: unknown, at?: Date) {
  const { current, previous } = windowsOf(range, at);
  return [previous, current].map((window) => `${utcDay(window.from)} to ${lastDayOf(window)}`);
}

describe("a preset", () => {
  // S38, S40
  test.each([
    [7, "2026-02-25 to 2026-03-03", "2026-03-04 to 2026-03-10"],
    [30, "2026-01-10 to 2026-02-08", "2026-02-09 to 2026-03-10"],
    [90, "2025-09-12 to 2025-12-10", "2025-12-11 to 2026-03-10"],
  ])("of %d days is so many whole UTC days ending today, after as many", (days, previous, current) => {
    expect(shown({ days })).toEqual([previous, current]);
    expect(daysOf(windowsOf({ days }).current)).toHaveLength(days);
  });

  // S38, S45
  test.each(["2026-03-10T00:00:00.000Z", "2026-03-10T23:59:59.999Z"])(
    "has the same days all day: %s",
    (at) => {
      expect(shown({ days: 7 }, new Date(at))[1]).toBe("2026-03-04 to 2026-03-10");
    },
  );

  // S38
  test.each([undefined, null, 0, 1, 8, 31, -7, 7.5, "7", Number.NaN, [7]])(
    "of %j days is refused",
    (days) => {
      expect(readRange({ days }, now)).toEqual({
        issues: [{ path: "days", message: "must be 7, 30 or 90" }],
      });
    },
  );
});

describe("a custom range", () => {
  // S39, S40
  test.each([
    ["2026-03-10", "2026-03-10", "2026-03-09 to 2026-03-09", "2026-03-10 to 2026-03-10"],
    ["2024-02-28", "2024-03-01", "2024-02-25 to 2024-02-27", "2024-02-28 to 2024-03-01"],
    ["2025-12-31", "2026-01-01", "2025-12-29 to 2025-12-30", "2025-12-31 to 2026-01-01"],
    ["2030-01-01", "2030-01-02", "2029-12-30 to 2029-12-31", "2030-01-01 to 2030-01-02"],
    ["1970-01-01", "1970-01-02", "1969-12-30 to 1969-12-31", "1970-01-01 to 1970-01-02"],
    ["9998-12-31", "9998-12-31", "9998-12-30 to 9998-12-30", "9998-12-31 to 9998-12-31"],
  ])("from %s to %s holds both dates, and follows as many days", (from, to, previous, current) => {
    expect(shown({ from, to })).toEqual([previous, current]);
  });

  // S39
  test("begins at midnight UTC and ends before the midnight after its last day", () => {
    const { current } = windowsOf({ from: "2026-03-01", to: "2026-03-02" });
    expect(current.from.toISOString()).toBe("2026-03-01T00:00:00.000Z");
    expect(current.until.toISOString()).toBe("2026-03-03T00:00:00.000Z");
  });

  // S39
  test.each([
    "2026-02-30",
    "2025-02-29",
    "2026-13-01",
    "2026-00-10",
    "2026-04-31",
    "2026-3-1",
    "20260301",
    "2026-03-01T00:00:00Z",
    " 2026-03-01",
    "2026-03-01\n",
    "+002026-03-01",
    "1969-12-31",
    "9999-01-01",
    "0000-01-01",
    "",
    "today",
    null,
    20260301,
    new Date("2026-03-01"),
  ])("with the date %j is refused, on either side", (bad) => {
    const message = "must be a date as YYYY-MM-DD, from 1970-01-01 to 9998-12-31";
    const good = "2026-03-01";
    expect(readRange({ from: bad, to: good }, now)).toEqual({ issues: [{ path: "from", message }] });
    expect(readRange({ from: good, to: bad }, now)).toEqual({ issues: [{ path: "to", message }] });
    expect(readRange({ from: bad, to: bad }, now)).toMatchObject({
      issues: [{ path: "from" }, { path: "to" }],
    });
  });

  // S39
  test("that lacks a date, ends before it begins, or stands beside a preset is refused", () => {
    const [from, to] = ["2026-03-02", "2026-03-01"];
    const pathOf = (range: unknown) => {
      const answer = readRange(range, now);
      return "issues" in answer ? answer.issues.map(({ path }) => path) : [];
    };
    expect(pathOf({ from })).toEqual(["to"]);
    expect(pathOf({ to })).toEqual(["from"]);
    expect(pathOf({ from, to })).toEqual(["from"]);
    expect(pathOf({ days: 7, from: to, to: from })).toEqual(["days"]);
    expect(pathOf({ days: 7, to })).toEqual(["days"]);
  });

  test("has ten years at most", () => {
    // 3,660 days from 2016-01-01 end with 2026-01-07: 3,653 days are the ten years with three leap days.
    expect(daysOf(windowsOf({ from: "2016-01-01", to: "2026-01-07" }).current)).toHaveLength(maxRangeDays);
    expect(readRange({ from: "2016-01-01", to: "2026-01-08" }, now)).toEqual({
      issues: [{ path: "from", message: "must be at most 3660 days before to" }],
    });
  });
});

test.each([null, undefined, "30", 30, true])("%j is no range", (range) => {
  expect(readRange(range, now)).toEqual({
    issues: [{ path: "", message: "must be { days } or { from, to }" }],
  });
});

test("any range: whole days, each once, and a previous window as long that touches and does not overlap", () => {
  // S38, S39, S40
  const day = fc.integer({ min: 0, max: 40_000 }).map((days) => new Date(days * 86_400_000));
  fc.assert(
    fc.property(day, fc.integer({ min: 1, max: maxRangeDays }), (first, length) => {
      const last = new Date(first.getTime() + (length - 1) * 86_400_000);
      const { current, previous } = windowsOf({ from: utcDay(first), to: utcDay(last) });
      const days = daysOf(current);
      expect([days.length, new Set(days).size]).toEqual([length, length]);
      expect([days[0], days.at(-1)]).toEqual([utcDay(first), utcDay(last)]);
      expect(previous.until).toEqual(current.from);
      expect(daysOf(previous)).toHaveLength(length);
    }),
    { numRuns: 50 },
  );
});

describe("a process in another time zone", () => {
  const zone = process.env.TZ;
  afterEach(() => {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  });

  // S38, S39, S45: in each of them the clocks change within the window, or the day is another one than in UTC.
  test.each([
    ["Pacific/Kiritimati", "2026-03-10T11:00:00.000Z"],
    ["Pacific/Pago_Pago", "2026-03-10T01:00:00.000Z"],
    ["America/New_York", "2026-03-10T02:00:00.000Z"],
    ["Asia/Kathmandu", "2026-03-10T20:00:00.000Z"],
  ])("counts the days of UTC: %s", (other, at) => {
    process.env.TZ = other;
    expect(new Date(at).getDate()).not.toBe(10);
    expect(shown({ days: 7 }, new Date(at))).toEqual([
      "2026-02-25 to 2026-03-03",
      "2026-03-04 to 2026-03-10",
    ]);
    const { current } = windowsOf({ from: "2026-03-07", to: "2026-03-09" }, new Date(at));
    expect(current).toEqual({
      from: new Date("2026-03-07T00:00:00.000Z"),
      until: new Date("2026-03-10T00:00:00.000Z"),
    });
    expect(daysOf(current)).toEqual(["2026-03-07", "2026-03-08", "2026-03-09"]);
    expect(isWholeDays(current)).toBe(true);
    // Drivers write the local fields of a Date: those of a UTCDate would be another time.
    expect(Object.getPrototypeOf(current.from)).toBe(Date.prototype);
    expect(Object.getPrototypeOf(current.until)).toBe(Date.prototype);
  });
});

// S45
test.each([
  ["2026-03-10T00:00:00.000Z", "2026-03-11T00:00:00.000Z", true],
  ["2026-03-10T00:00:00.001Z", "2026-03-11T00:00:00.000Z", false],
  ["2026-03-10T00:00:00.000Z", "2026-03-10T23:59:59.999Z", false],
  ["1969-12-31T00:00:00.000Z", "1970-01-01T00:00:00.000Z", true],
  ["1969-12-31T12:00:00.000Z", "1970-01-01T00:00:00.000Z", false],
])("whole days begin and end at midnight UTC: %s to %s is %j", (from, until, isWhole) => {
  expect(isWholeDays({ from: new Date(from), until: new Date(until) })).toBe(isWhole);
});
