import { tzOffset } from "@date-fns/tz/tzOffset";
import { UTCDateMini } from "@date-fns/utc/date/mini";
import { addDays } from "date-fns/addDays";
import { addMinutes } from "date-fns/addMinutes";
import { millisecondsInDay, millisecondsInMinute, minutesInDay } from "date-fns/constants";
import { differenceInMinutes } from "date-fns/differenceInMinutes";
import { getDay } from "date-fns/getDay";
import { startOfDay } from "date-fns/startOfDay";
import { subDays } from "date-fns/subDays";

/** Hours of the week by the clock on the wall, start inclusive, end exclusive. */
export interface LocalWindow {
  /** The days on which it opens, 0 for Sunday to 6 for Saturday; one at least. */
  readonly opensOn: ReadonlySet<number>;
  /** When it opens, in minutes after midnight: below 1,440. */
  readonly opensAt: number;
  /** When it closes, in minutes after the midnight before it opened: later than `opensAt`, and by a day at most. */
  readonly closesAt: number;
}

interface InZone {
  readonly window: LocalWindow;
  /** One that this runtime knows. */
  readonly timeZone: string;
  readonly at: Date;
}

/**
 * The first moment from `at` on that is inside the window, to the millisecond; `at` itself when that is (S66). Local time
 * alone says what is inside: of an hour that the clocks repeat both are; a window of which a gap left nothing does not
 * occur; one that would open in a gap opens behind it.
 */
export function firstMomentInside({ window, timeZone, at }: InZone): Date {
  let moment = at.getTime();
  for (;;) {
    // Fields of a wall clock are read best where no clock ever changes.
    const offset = offsetMs(timeZone, moment);
    const wallTime = new UTCDateMini(moment + offset);
    if (isInside(window, wallTime)) return new Date(moment);
    const opening = nextOpening(window, wallTime) - offset;
    const change = firstChange({ timeZone, from: moment, to: opening });
    if (change === null) return new Date(opening);
    // The clocks say something else from here on.
    moment = change;
  }
}

/** By the day on which the window opened: today's, or yesterday's that closes behind midnight. */
function isInside({ opensOn, opensAt, closesAt }: LocalWindow, wallTime: Date): boolean {
  const today = startOfDay(wallTime);
  const minutes = differenceInMinutes(wallTime, today);
  if (opensOn.has(getDay(today)) && opensAt <= minutes && minutes < closesAt) return true;
  return opensOn.has(getDay(subDays(today, 1))) && minutes + minutesInDay < closesAt;
}

/** The next time on the wall at which it opens, as milliseconds of UTC; after `wallTime`, within eight days. */
function nextOpening({ opensOn, opensAt }: LocalWindow, wallTime: Date): number {
  let day = startOfDay(wallTime);
  while (!opensOn.has(getDay(day)) || addMinutes(day, opensAt) <= wallTime) day = addDays(day, 1);
  return addMinutes(day, opensAt).getTime();
}

/** Since 1970 no zone has changed its clocks twice within less than 167 hours (IANA's tables to 2037). */
const stepMs = millisecondsInDay;

/** The first moment after `from`, `to` included, at which the clocks have another offset; null when there is none. */
function firstChange({
  timeZone,
  from,
  to,
}: {
  readonly timeZone: string;
  readonly from: number;
  readonly to: number;
}): number | null {
  const offset = offsetMs(timeZone, from);
  let before = from;
  let behind = from;
  while (offsetMs(timeZone, behind) === offset) {
    if (behind === to) return null;
    before = behind;
    behind = Math.min(behind + stepMs, to);
  }
  while (behind - before > 1) {
    const middle = Math.floor((before + behind) / 2);
    if (offsetMs(timeZone, middle) === offset) before = middle;
    else behind = middle;
  }
  return behind;
}

/** What the clocks there are ahead of UTC. */
function offsetMs(timeZone: string, moment: number): number {
  return Math.round(tzOffset(timeZone, new Date(moment)) * millisecondsInMinute);
}
