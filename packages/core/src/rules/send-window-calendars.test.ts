import { describe, expect, test } from "vitest";
import type { RuleFacts } from "../policy/ask/rule.ts";
import { sendWindow, type Weekday } from "./send-window.ts";

// S66. Every moment here was worked out by hand from the calendar above its table: local times stand in the titles.

/** "sun 02:30-05:00" as options; "mon-fri" and "all" for what stands in most tables. */
function decided(hours: string, timeZone: string, at: string): string {
  const [days = "", from = "", to = ""] = hours.split(/ |(?<=:..)-/);
  const named: Readonly<Record<string, string>> = {
    "mon-fri": "mon,tue,wed,thu,fri",
    all: "mon,tue,wed,thu,fri,sat,sun",
  };
  // The tables below name days only.
  const listed = (named[days] ?? days).split(",") as Weekday[];
  const decision = sendWindow({ days: listed, from, to, timeZone }).decide({
    now: new Date(at),
    customer: { timeZone: null, locale: null },
    // What this rule does not look at.
  } as RuleFacts);
  return typeof decision === "string" ? decision : decision.notBefore.toISOString().replace(":00.000Z", "Z");
}

function describeZone(timeZone: string, table: readonly (readonly [string, string, string, string])[]): void {
  describe(timeZone, () => {
    test.each(table)("%s, %s", (hours, _local, at, expected) => {
      expect(decided(hours, timeZone, at)).toBe(expected);
    });
  });
}

// Fri 27 March 2026 to Sat 28 in CET (UTC+1); on Sun 29 at 02:00 (01:00Z) it becomes 03:00 CEST (UTC+2); Mon 30 in CEST.
describeZone("Europe/Berlin", [
  ["mon-fri 09:00-17:00", "Mon 23 09:00: inside", "2026-03-23T08:00:00Z", "ask"],
  ["mon-fri 09:00-17:00", "Mon 23 08:59:59.999: at 09:00", "2026-03-23T07:59:59.999Z", "2026-03-23T08:00Z"],
  ["mon-fri 09:00-17:00", "Mon 23 16:59:59.999: inside", "2026-03-23T15:59:59.999Z", "ask"],
  ["mon-fri 09:00-17:00", "Mon 23 17:00: Tue 24 09:00", "2026-03-23T16:00:00Z", "2026-03-24T08:00Z"],
  ["mon-fri 09:00-17:00", "Fri 27 17:00: Mon 30 09:00 CEST", "2026-03-27T16:00:00Z", "2026-03-30T07:00Z"],
  [
    "sun 02:30-05:00",
    "Sun 29 01:00: 03:00 CEST, behind the gap",
    "2026-03-29T00:00:00Z",
    "2026-03-29T01:00Z",
  ],
  ["sun 02:30-05:00", "Sun 29 03:00 CEST: inside", "2026-03-29T01:00:00Z", "ask"],
  ["sun 02:00-03:00", "Sun 29 01:00: lost in the gap, Sun 5", "2026-03-29T00:00:00Z", "2026-04-05T00:00Z"],
  ["sun 02:15-02:45", "Sun 29 01:00: lost in the gap, Sun 5", "2026-03-29T00:00:00Z", "2026-04-05T00:15Z"],
  ["sun 01:00-03:00", "Sun 29 01:59: inside", "2026-03-29T00:59:00Z", "ask"],
  ["sun 01:00-03:00", "Sun 29 03:00 CEST: Sun 5 01:00", "2026-03-29T01:00:00Z", "2026-04-04T23:00Z"],
  ["sun 02:00-04:00", "Sun 29 01:59:59.999: 03:00 CEST", "2026-03-29T00:59:59.999Z", "2026-03-29T01:00Z"],
  ["sun 02:00-04:00", "Sun 29 03:59 CEST: inside", "2026-03-29T01:59:00Z", "ask"],
  ["sun 02:00-04:00", "Sun 29 04:00 CEST: Sun 5 02:00", "2026-03-29T02:00:00Z", "2026-04-05T00:00Z"],
  ["sun 03:00-04:00", "Sun 29 01:30: 03:00 CEST", "2026-03-29T00:30:00Z", "2026-03-29T01:00Z"],
  ["all 02:30-02:45", "Sat 28 02:45: not on Sun 29, Mon 30", "2026-03-28T01:45:00Z", "2026-03-30T00:30Z"],
  [
    "fri 22:00-06:00",
    "Fri 27 05:00: Thursday's night, at 22:00",
    "2026-03-27T04:00:00Z",
    "2026-03-27T21:00Z",
  ],
  ["fri 22:00-06:00", "Fri 27 22:00: inside", "2026-03-27T21:00:00Z", "ask"],
  ["fri 22:00-06:00", "Sat 28 05:59: Friday's night, inside", "2026-03-28T04:59:00Z", "ask"],
  ["fri 22:00-06:00", "Sat 28 06:00: Fri 3 22:00 CEST", "2026-03-28T05:00:00Z", "2026-04-03T20:00Z"],
  ["fri 22:00-06:00", "Sat 28 22:00: Fri 3 22:00 CEST", "2026-03-28T21:00:00Z", "2026-04-03T20:00Z"],
  ["sat 22:00-02:30", "Sun 29 01:59: Saturday's night, inside", "2026-03-29T00:59:00Z", "ask"],
  [
    "sat 22:00-02:30",
    "Sun 29 03:00 CEST: its end fell into the gap",
    "2026-03-29T01:00:00Z",
    "2026-04-04T20:00Z",
  ],
  ["sat,sun 00:00-24:00", "Fri 27 13:00: Sat 28 00:00", "2026-03-27T12:00:00Z", "2026-03-27T23:00Z"],
  ["sat,sun 00:00-24:00", "Sun 29 23:59 CEST: inside", "2026-03-29T21:59:00Z", "ask"],
  ["sat,sun 00:00-00:00", "Sun 29 23:59 CEST: inside", "2026-03-29T21:59:00Z", "ask"],
  ["sat,sun 00:00-00:00", "Mon 30 00:00 CEST: Sat 4 00:00", "2026-03-29T22:00:00Z", "2026-04-03T22:00Z"],
  ["mon 09:00-09:00", "Mon 30 08:59 CEST: at 09:00", "2026-03-30T06:59:00Z", "2026-03-30T07:00Z"],
  ["mon 09:00-09:00", "Tue 31 08:59 CEST: Monday's day, inside", "2026-03-31T06:59:00Z", "ask"],
  ["mon 09:00-09:00", "Tue 31 09:00 CEST: Mon 6 09:00", "2026-03-31T07:00:00Z", "2026-04-06T07:00Z"],
]);

// Fri 23 October 2026 to Sat 24 in CEST (UTC+2); on Sun 25 at 03:00 (01:00Z) it becomes 02:00 CET (UTC+1): 02:00 to 03:00 twice.
describeZone("Europe/Berlin", [
  ["mon-fri 09:00-17:00", "Fri 23 17:00: Mon 26 09:00 CET", "2026-10-23T15:00:00Z", "2026-10-26T08:00Z"],
  ["sun 02:30-05:00", "Sun 25 02:15 CEST: 02:30 CEST", "2026-10-25T00:15:00Z", "2026-10-25T00:30Z"],
  ["sun 02:30-05:00", "Sun 25 02:59 CEST: inside", "2026-10-25T00:59:00Z", "ask"],
  [
    "sun 02:30-05:00",
    "Sun 25 02:00 CET: outside again, 02:30 CET",
    "2026-10-25T01:00:00Z",
    "2026-10-25T01:30Z",
  ],
  ["sun 02:30-05:00", "Sun 25 02:30 CET: inside", "2026-10-25T01:30:00Z", "ask"],
  ["sun 01:00-02:30", "Sun 25 02:30 CEST: 02:00 CET", "2026-10-25T00:30:00Z", "2026-10-25T01:00Z"],
  ["sun 01:00-02:30", "Sun 25 02:29 CET: inside a second time", "2026-10-25T01:29:00Z", "ask"],
  ["sun 01:00-02:30", "Sun 25 02:30 CET: Sun 1 01:00", "2026-10-25T01:30:00Z", "2026-11-01T00:00Z"],
  ["sun 02:00-03:00", "Sun 25 01:59 CEST: 02:00 CEST", "2026-10-24T23:59:00Z", "2026-10-25T00:00Z"],
  ["sun 02:00-03:00", "Sun 25 02:59 CET: inside, the second hour", "2026-10-25T01:59:00Z", "ask"],
  ["sun 02:00-03:00", "Sun 25 03:00 CET: Sun 1 02:00", "2026-10-25T02:00:00Z", "2026-11-01T01:00Z"],
  ["sun 02:15-02:45", "Sun 25 02:45 CEST: 02:15 CET", "2026-10-25T00:45:00Z", "2026-10-25T01:15Z"],
  ["sat 22:00-02:30", "Sun 25 02:30 CEST: 02:00 CET", "2026-10-25T00:30:00Z", "2026-10-25T01:00Z"],
  ["sat 22:00-02:30", "Sun 25 02:30 CET: Sat 31 22:00", "2026-10-25T01:30:00Z", "2026-10-31T21:00Z"],
]);

// On Sun 8 March 2026 at 02:00 EST (UTC-5, 07:00Z) it becomes 03:00 EDT (UTC-4); on Sun 1 November at 02:00 EDT (06:00Z) 01:00 EST.
describeZone("America/New_York", [
  ["mon-fri 09:00-17:00", "Fri 6 17:00 EST: Mon 9 09:00 EDT", "2026-03-06T22:00:00Z", "2026-03-09T13:00Z"],
  ["sun 02:30-03:30", "Sun 8 01:30 EST: 03:00 EDT", "2026-03-08T06:30:00Z", "2026-03-08T07:00Z"],
  ["sun 02:30-03:30", "Sun 8 03:30 EDT: Sun 15 02:30", "2026-03-08T07:30:00Z", "2026-03-15T06:30Z"],
  ["mon-fri 09:00-17:00", "Fri 30 17:00 EDT: Mon 2 09:00 EST", "2026-10-30T21:00:00Z", "2026-11-02T14:00Z"],
  ["sun 01:30-02:00", "Sun 1 01:15 EDT: 01:30 EDT", "2026-11-01T05:15:00Z", "2026-11-01T05:30Z"],
  ["sun 01:30-02:00", "Sun 1 01:00 EST: 01:30 EST", "2026-11-01T06:00:00Z", "2026-11-01T06:30Z"],
  ["sun 01:30-02:00", "Sun 1 01:45 EST: inside a second time", "2026-11-01T06:45:00Z", "ask"],
  ["sun 01:30-02:00", "Sun 1 02:00 EST: Sun 8 01:30", "2026-11-01T07:00:00Z", "2026-11-08T06:30Z"],
]);

// On Sun 5 April 2026 at 02:00 (UTC+11, 15:00Z) it becomes 01:30 (UTC+10:30); on Sun 4 October at 02:00 (15:30Z) 02:30.
describeZone("Australia/Lord_Howe", [
  ["sun 01:45-02:00", "Sun 5 01:59 of summer: inside", "2026-04-04T14:59:00Z", "ask"],
  ["sun 01:45-02:00", "Sun 5 01:30 of winter: 01:45", "2026-04-04T15:00:00Z", "2026-04-04T15:15Z"],
  ["sun 01:45-02:00", "Sun 5 02:00 of winter: Sun 12", "2026-04-04T15:30:00Z", "2026-04-11T15:15Z"],
  [
    "sun 02:00-02:30",
    "Sun 4 01:30: lost in half an hour, Sun 11",
    "2026-10-03T15:00:00Z",
    "2026-10-10T15:00Z",
  ],
  ["sun 02:15-03:00", "Sun 4 01:59: 02:30, behind the gap", "2026-10-03T15:29:00Z", "2026-10-03T15:30Z"],
]);

// Thu 29 December 2011 is in UTC-10; at its midnight (10:00Z) comes Sat 31, in UTC+14: there was no Fri 30.
describeZone("Pacific/Apia", [
  ["fri 09:00-17:00", "Thu 29 18:00: Fri 6, for lack of Fri 30", "2011-12-30T04:00:00Z", "2012-01-05T19:00Z"],
  ["fri,sat 09:00-17:00", "Thu 29 18:00: Sat 31 09:00", "2011-12-30T04:00:00Z", "2011-12-30T19:00Z"],
  [
    "fri 22:00-06:00",
    "Thu 29 23:00: Sat 31 00:00, left of Friday",
    "2011-12-30T09:00:00Z",
    "2011-12-30T10:00Z",
  ],
  ["fri 22:00-06:00", "Sat 31 06:00: Fri 6 22:00", "2011-12-30T16:00:00Z", "2012-01-06T08:00Z"],
  ["thu 22:00-06:00", "Thu 29 22:30: inside", "2011-12-30T08:30:00Z", "ask"],
  ["thu 22:00-06:00", "Sat 31 00:00: Thu 5 22:00", "2011-12-30T10:00:00Z", "2012-01-05T08:00Z"],
]);

// UTC-4; summer time lasted one week: on Sun 8 October 2000 at 00:00 (04:00Z) to 01:00, on Sun 15 at 00:00 (03:00Z) to Sat 23:00.
describeZone("America/Boa_Vista", [
  ["sat 23:30-23:45", "Sat 7 23:50: Sat 14 23:30 of summer", "2000-10-08T03:50:00Z", "2000-10-15T02:30Z"],
  ["sun 00:00-01:00", "Sat 7 12:00: not on Sun 8, Sun 15", "2000-10-07T16:00:00Z", "2000-10-15T04:00Z"],
  ["sat 23:00-24:00", "Sat 14 22:59 of summer: 23:00", "2000-10-15T01:59:00Z", "2000-10-15T02:00Z"],
  ["sat 23:00-24:00", "Sat 14 23:00 of winter: inside a second time", "2000-10-15T03:00:00Z", "ask"],
]);

// Clocks that never change: UTC+5:30 and UTC+5:45.
describeZone("Asia/Kolkata", [
  ["mon-fri 09:00-17:00", "Fri 27 17:00: Mon 30 09:00", "2026-03-27T11:30:00Z", "2026-03-30T03:30Z"],
]);
describeZone("Asia/Kathmandu", [
  ["mon-fri 09:00-17:00", "Mon 30 08:59: 09:00", "2026-03-30T03:14:00Z", "2026-03-30T03:15Z"],
]);
describeZone("UTC", [
  ["sun 23:00-01:00", "Mon 30 00:59: inside", "2026-03-30T00:59:00Z", "ask"],
  ["sun 23:00-01:00", "Mon 30 01:00: Sun 5 23:00", "2026-03-30T01:00:00Z", "2026-04-05T23:00Z"],
]);
