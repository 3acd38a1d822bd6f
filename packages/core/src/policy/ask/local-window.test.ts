import fc from "fast-check";
import { expect, test } from "vitest";
import { firstMomentInside, type LocalWindow } from "./local-window.ts";

// The tables worked out by hand are those of rules/send-window-calendars.test.ts. Here a second implementation walks from
// minute to minute and knows no more than what Intl writes of each.

const minuteMs = 60_000;
const dayMinutes = 1_440;
/** A window on one day, lost in a gap, comes two weeks later; so does the day that a zone left out. */
const walkedDays = 22;

/** Three weeks of a zone; most begin some days before its clocks change. */
const periods: readonly (readonly [string, string])[] = [
  ["Europe/Berlin", "2026-03-26"],
  ["Europe/Berlin", "2026-10-22"],
  ["Europe/Dublin", "2030-10-24"],
  ["America/New_York", "2026-03-05"],
  ["America/New_York", "2026-10-29"],
  ["America/St_Johns", "2010-11-04"],
  ["America/Sao_Paulo", "2018-11-01"],
  ["America/Santiago", "2026-04-02"],
  ["America/Boa_Vista", "2000-10-05"],
  ["America/Caracas", "2016-04-28"],
  ["Australia/Lord_Howe", "2026-04-02"],
  ["Australia/Lord_Howe", "2026-10-01"],
  ["Antarctica/Troll", "2026-03-26"],
  ["Pacific/Apia", "2011-12-27"],
  ["Pacific/Chatham", "2026-09-24"],
  ["Pacific/Kiritimati", "1994-12-29"],
  ["Asia/Pyongyang", "2018-05-01"],
  ["Asia/Kolkata", "2026-03-26"],
  ["Africa/Casablanca", "2026-02-12"],
  ["UTC", "2026-12-25"],
];

interface Minute {
  readonly weekday: number;
  readonly minutes: number;
}

const weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/** Each minute of a period, as Intl writes it. */
function minutesOf([timeZone, day]: readonly [string, string]): readonly Minute[] {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  return Array.from({ length: walkedDays * dayMinutes }, (_, index) => {
    const written = format.format(Date.parse(day) + index * minuteMs);
    const [, weekday = "", hours, minutes] = /^(\w{3})\D*(\d\d):(\d\d)$/.exec(written) ?? [];
    return { weekday: weekdays.indexOf(weekday), minutes: 60 * Number(hours) + Number(minutes) };
  });
}

const walked = new Map<string, readonly Minute[]>();

function walk(period: readonly [string, string]): readonly Minute[] {
  const key = period.join();
  const minutes = walked.get(key) ?? minutesOf(period);
  walked.set(key, minutes);
  return minutes;
}

/** The first moment inside from `at` on, by looking at one minute after the other. */
function byWalking(window: LocalWindow, period: readonly [string, string], at: Date): Date | null {
  const start = Date.parse(period[1]);
  const first = Math.floor((at.getTime() - start) / minuteMs);
  const minutes = walk(period);
  for (let index = first; index < minutes.length; index++) {
    const { weekday, minutes: passed } = minutes[index] ?? { weekday: -1, minutes: -1 };
    const ofToday = window.opensOn.has(weekday) && passed >= window.opensAt && passed < window.closesAt;
    const ofYesterday = window.opensOn.has((weekday + 6) % 7) && passed + dayMinutes < window.closesAt;
    if (ofToday || ofYesterday) return new Date(Math.max(at.getTime(), start + index * minuteMs));
  }
  return null;
}

const anyTime = fc.oneof(
  fc.integer({ min: 0, max: dayMinutes - 1 }),
  // Clocks change at night.
  fc.integer({ min: 0, max: 16 }).map((quarters) => quarters * 15),
);

const anyWindow = fc
  .record({
    days: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 7 }),
    opensAt: anyTime,
    lasts: fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: dayMinutes })),
  })
  .map(({ days, opensAt, lasts }) => ({ opensOn: new Set(days), opensAt, closesAt: opensAt + lasts }));

test("10,000 random windows open where a walk from minute to minute finds them", () => {
  // S66
  let decided = 0;
  fc.assert(
    fc.property(
      fc.constantFrom(...periods),
      anyWindow,
      fc.oneof(
        fc.integer({ min: 0, max: 6 * dayMinutes * minuteMs }),
        fc.integer({ min: 0, max: 6 * 24 * 4 }).map((quarters) => quarters * 15 * minuteMs),
      ),
      (period, window, afterMs) => {
        const at = new Date(Date.parse(period[1]) + afterMs);
        expect(firstMomentInside({ window, timeZone: period[0], at })).toEqual(byWalking(window, period, at));
        decided += 1;
      },
    ),
    { seed: 66, numRuns: 10_000 },
  );
  expect(decided).toBe(10_000);
});

test("a period that begins before the clocks change reaches the change", () => {
  // Else the random windows would prove less than they seem to.
  const withoutChange = periods.filter((period) => {
    const minutes = walk(period);
    const ofWeek = minutes.map((minute) => minute.weekday * dayMinutes + minute.minutes);
    return ofWeek.every(
      (one, index) => index === 0 || one === ((ofWeek[index - 1] ?? 0) + 1) % (7 * dayMinutes),
    );
  });
  expect(withoutChange.map(([timeZone]) => timeZone)).toEqual(["Asia/Kolkata", "UTC"]);
});
