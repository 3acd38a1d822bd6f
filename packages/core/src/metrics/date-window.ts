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

const dayMs = 86_400_000;
const presets: readonly unknown[] = [7, 30, 90];
const earliest = utcMidnight("1970-01-01");
// The window ends at the midnight after its last day, and databases write years of four digits.
const latest = utcMidnight("9998-12-31");

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

/** The UTC day of a time, as `YYYY-MM-DD`. */
export function utcDay(at: Date): string {
  return at.toISOString().slice(0, "YYYY-MM-DD".length);
}

/** Every UTC day of a window, oldest first. */
export function daysOf({ from, until }: DateWindow): readonly string[] {
  const count = (until.getTime() - from.getTime()) / dayMs;
  return Array.from({ length: count }, (_, index) => utcDay(new Date(from.getTime() + index * dayMs)));
}

/** The last day inside a window. */
export function lastDayOf({ until }: DateWindow): string {
  return utcDay(new Date(until.getTime() - dayMs));
}

function preset(days: unknown, now: Date): Windows | { readonly issues: readonly RangeIssue[] } {
  if (typeof days !== "number" || !presets.includes(days)) return refused("days", "must be 7, 30 or 90");
  const tomorrow = utcMidnight(utcDay(now)) + dayMs;
  return windows(tomorrow - days * dayMs, tomorrow);
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
  if (first > last) return refused("from", "must not be after to");
  const days = (last - first) / dayMs + 1;
  if (days > maxRangeDays) return refused("from", `must be at most ${maxRangeDays} days before to`);
  return windows(first, last + dayMs);
}

// Dates that do not exist roll over (February 30 is March 2), so only what reads back the same is one.
function midnightOf(day: unknown): number | null {
  if (typeof day !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  const midnight = utcMidnight(day);
  if (Number.isNaN(midnight) || utcDay(new Date(midnight)) !== day) return null;
  return midnight >= earliest && midnight <= latest ? midnight : null;
}

function utcMidnight(day: string): number {
  return Date.parse(`${day}T00:00:00.000Z`);
}

function windows(from: number, until: number): Windows {
  return {
    current: { from: new Date(from), until: new Date(until) },
    previous: { from: new Date(from - (until - from)), until: new Date(from) },
  };
}

function refused(path: RangeIssue["path"], message: string): { readonly issues: readonly RangeIssue[] } {
  return { issues: [{ path, message }] };
}
