import { readLocale } from "@csat/core";

/** Numbers and dates as the viewer writes them; days and times in UTC. Made once per locale. */
export interface Formats {
  /** "12,480". */
  count(value: number): string;
  /** Two decimals: "4.32". */
  average(value: number): string;
  /** A fraction without decimals: 0.381 is "38%". */
  percent(fraction: number): string;
  /** With its sign: "+96", "−4". */
  signedCount(value: number): string;
  /** With its sign and two decimals. */
  signedAverage(value: number): string;
  /** Percentage points with their sign, without decimals. */
  signedPoints(value: number): string;
  /** `YYYY-MM-DD` as "30 Nov". */
  day(day: string): string;
  /** `YYYY-MM-DD` as "30 Nov 2026". */
  dayOfYear(day: string): string;
  /** The day of a time, with its year only where that is another than now: "24 Dec". */
  dayNear(now: Date, time: Date): string;
  /** A time to come, to the minute: "Monday 08:00" within six days, else "24 Dec, 08:00". */
  moment(now: Date, time: Date): string;
  /** "1–30 Nov 2026". */
  days(from: string, to: string): string;
  /** To the minute, with its zone: "23 Nov 2026, 14:05 UTC". */
  time(time: Date): string;
  /** How far off: "in 23 hours", "2 hours ago", "now". */
  distance(from: Date, to: Date): string;
}

const byLocale = new Map<string, Formats>();
const mostKept = 100;

/** The formats of a language, as `readLocale` takes it; English for what is none, or has none. */
export function formatsOf(locale: string): Formats {
  const tag = supportedLocale(locale) ?? "en";
  const formats = byLocale.get(tag) ?? makeFormats(tag);
  // Whoever asks chooses the tag: kept for a few, and put at the end, so that the first is the one unused for longest.
  byLocale.delete(tag);
  byLocale.set(tag, formats);
  if (byLocale.size > mostKept) byLocale.delete(byLocale.keys().next().value ?? "");
  return formats;
}

/** The tag of a language that numbers and dates can be written in; null for any other. */
export function supportedLocale(locale: string): string | null {
  const tag = readLocale(locale)?.toString();
  return tag === undefined ? null : (Intl.NumberFormat.supportedLocalesOf(tag)[0] ?? null);
}

function makeFormats(locale: string): Formats {
  const number = (options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options);
  const date = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone: "UTC", ...options });
  const twoDecimals = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  const count = number({ maximumFractionDigits: 0 });
  const average = number(twoDecimals);
  const percent = number({ style: "percent", maximumFractionDigits: 0 });
  const signedCount = number({ maximumFractionDigits: 0, signDisplay: "exceptZero" });
  const signedAverage = number({ ...twoDecimals, signDisplay: "exceptZero" });
  const day = date({ day: "numeric", month: "short" });
  const dayOfYear = date({ day: "numeric", month: "short", year: "numeric" });
  const clock = { hour: "2-digit", minute: "2-digit" } as const;
  const weekday = date({ weekday: "long", ...clock });
  const moment = date({ day: "numeric", month: "short", ...clock });
  const time = date({
    day: "numeric",
    month: "short",
    year: "numeric",
    ...clock,
    timeZoneName: "short",
  });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  return {
    count: (value) => count.format(value),
    average: (value) => average.format(value),
    percent: (fraction) => percent.format(fraction),
    signedCount: (value) => signedCount.format(value),
    signedAverage: (value) => signedAverage.format(value),
    signedPoints: (value) => signedCount.format(value),
    day: (value) => day.format(midnight(value)),
    dayOfYear: (value) => dayOfYear.format(midnight(value)),
    dayNear: (now, value) =>
      (now.getUTCFullYear() === value.getUTCFullYear() ? day : dayOfYear).format(value),
    moment: (now, value) => (value.getTime() - now.getTime() < 6 * oneDay ? weekday : moment).format(value),
    days: (from, to) => dayOfYear.formatRange(midnight(from), midnight(to)),
    time: (value) => time.format(value),
    distance: (from, to) => distance(relative, to.getTime() - from.getTime()),
  };
}

function midnight(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}

const minute = 60_000;
const hour = 60 * minute;
const oneDay = 24 * hour;

function distance(relative: Intl.RelativeTimeFormat, milliseconds: number): string {
  const size = Math.abs(milliseconds);
  if (size < minute) return relative.format(0, "second");
  if (size < hour) return relative.format(Math.round(milliseconds / minute), "minute");
  if (size < 2 * oneDay) return relative.format(Math.round(milliseconds / hour), "hour");
  return relative.format(Math.round(milliseconds / oneDay), "day");
}
