/** A day that is named below a chart. */
export interface DayTick {
  readonly index: number;
  /** Left out where there is little room; the others are three at most. */
  readonly isMinor: boolean;
}

const mostMonths = 12;
// With the year beside them.
const mostMonthsOfYears = 6;
const mostNarrowTicks = 3;
const dayTicksUpTo = 120;

/** Which of the days, `YYYY-MM-DD` and without gaps, are named: days or weeks in a short range, months in a long one. */
export function dayTicks(days: readonly string[]): readonly DayTick[] {
  const indexes = days.length <= dayTicksUpTo ? everySoManyDays(days.length) : monthStarts(days);
  const narrowStep = Math.ceil(indexes.length / mostNarrowTicks);
  return indexes.map((index, place) => ({ index, isMinor: place % narrowStep !== 0 }));
}

function everySoManyDays(count: number): readonly number[] {
  const step = [1, 2, 7, 14].find((days) => count / days <= 9) ?? 14;
  return Array.from({ length: Math.ceil(count / step) }, (_, place) => place * step);
}

function monthStarts(days: readonly string[]): readonly number[] {
  const starts = days.flatMap((day, index) => (day.endsWith("-01") ? [index] : []));
  const most = days.length > 366 ? mostMonthsOfYears : mostMonths;
  const step = [1, 2, 3, 6, 12].find((months) => starts.length / months <= most) ?? 24;
  return starts.filter((index) => monthNumber(days[index] ?? "") % step === 0);
}

function monthNumber(day: string): number {
  return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
}
