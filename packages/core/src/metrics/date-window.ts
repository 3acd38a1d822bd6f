import { UTCDateMini } from "@date-fns/utc/date/mini";
import { addDays } from "date-fns/addDays";
import { differenceInCalendarDays } from "date-fns/differenceInCalendarDays";
import { eachDayOfInterval } from "date-fns/eachDayOfInterval";
import { isEqual } from "date-fns/isEqual";
import { isValid } from "date-fns/isValid";
import { isWithinInterval } from "date-fns/isWithinInterval";
import { startOfDay } from "date-fns/startOfDay";
import { subDays } from "date-fns/subDays";
import { utcDay } from "../survey/add-counts.ts";
import type { DateWindow } from "../survey/survey.ts";

/** The window that was asked for, and the one before it: as long, ending where it begins. */
export interface Windows {
  readonly current: DateWindow;
  readonly previous: DateWindow;
}

/** What was wrong with a range, by the field that must change. */
export interface RangeIssue {
  readonly path: "" | "days" | "from" | "to";
  readonly message: string;
}

/** Most days of a custom range: ten years. A page holds one bucket per day, so a range without end would be an attack. */
export const maxRangeDays = 3660;

const presets: readonly unknown[] = [7, 30, 90];
// The window ends at the midnight after its last day, and databases write years of four digits.
const possibleDays = { start: new UTCDateMini("1970-01-01"), end: new UTCDateMini("9998-12-31") };

/**
 * The windows of a range, in whole UTC days whatever the process's time zone: a preset of N days ends with the day of
 * `now`, a custom range includes both of its dates. Takes anything, and answers issues for what is no range.
 */
export function readRange(range: unknown, now: Date): Windows | { readonly issues: readonly RangeIssue[] } {
  if (typeof range !== "object" || range === null) {
    return refused("", "must be { days } or { from, to }");
  }
  const { days, from, to }: { readonly days?: unknown; readonly from?: unknown; readonly to?: unknown } =
    range;
  if (from === undefined && to === undefined) return preset(days, now);
  if (days !== undefined) return refused("days", "cannot stand beside from and to");
  return custom(from, to);
}

/** True for a window that begins and ends at midnight UTC. */
export function isWholeDays({ from, until }: DateWindow): boolean {
  return [from, until].every((at) => isEqual(at, startOfDay(new UTCDateMini(at))));
}

/** Every UTC day of a window of whole days, oldest first. */
export function daysOf({ from, until }: DateWindow): readonly string[] {
  const interval = { start: new UTCDateMini(from), end: subDays(new UTCDateMini(until), 1) };
  return eachDayOfInterval(interval).map(utcDay);
}

/** The last day inside a window of whole days. */
export function lastDayOf({ until }: DateWindow): string {
  return utcDay(subDays(new UTCDateMini(until), 1));
}

function preset(days: unknown, now: Date): Windows | { readonly issues: readonly RangeIssue[] } {
  if (typeof days !== "number" || !presets.includes(days)) return refused("days", "must be 7, 30 or 90");
  return windowsEndingWith(startOfDay(new UTCDateMini(now)), days);
}

function custom(from: unknown, to: unknown): Windows | { readonly issues: readonly RangeIssue[] } {
  const [first, last] = [midnightOf(from), midnightOf(to)];
  if (first === null || last === null) {
    const message = "must be a date as YYYY-MM-DD, from 1970-01-01 to 9998-12-31";
    return {
      issues: [
        ...(first === null ? [{ path: "from", message } as const] : []),
        ...(last === null ? [{ path: "to", message } as const] : []),
      ],
    };
  }
  const days = differenceInCalendarDays(last, first) + 1;
  if (days < 1) return refused("from", "must not be after to");
  if (days > maxRangeDays) return refused("from", `must be at most ${maxRangeDays} days before to`);
  return windowsEndingWith(last, days);
}

// A day that does not exist rolls over (February 30 is March 2), so only what reads back the same is one. date-fns'
// parseISO would tell as well, for 1.3 kB of forms that are not taken here.
function midnightOf(day: unknown): Date | null {
  if (typeof day !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  const midnight = new UTCDateMini(day);
  if (!isValid(midnight) || utcDay(midnight) !== day) return null;
  return isWithinInterval(midnight, possibleDays) ? midnight : null;
}

/** The window of so many days with `lastDay` as the last, and the one before it. */
function windowsEndingWith(lastDay: Date, days: number): Windows {
  const until = addDays(lastDay, 1);
  const from = subDays(until, days);
  return {
    current: plainWindow(from, until),
    previous: plainWindow(subDays(from, days), from),
  };
}

/** Adapters get a `Date` as they know it: drivers read the local fields of one, which in a UTCDateMini are UTC's. */
function plainWindow(from: Date, until: Date): DateWindow {
  return { from: new Date(from.getTime()), until: new Date(until.getTime()) };
}

function refused(path: RangeIssue["path"], message: string): { readonly issues: readonly RangeIssue[] } {
  return { issues: [{ path, message }] };
}
