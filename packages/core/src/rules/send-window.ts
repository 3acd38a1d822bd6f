import { minutesInDay } from "date-fns/constants";
import { hoursToMinutes } from "date-fns/hoursToMinutes";
import type { CsatIssue } from "../errors.ts";
import { firstMomentInside, type LocalWindow } from "../policy/ask/local-window.ts";
import type { AskRule } from "../policy/ask/rule.ts";
import { issuesOfName, refuseWrong, unless } from "./rule-options.ts";
import { zoneNames } from "./zone-names.ts";

/** In the order of `Date.prototype.getDay`. */
const weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;

/** A day of the week, as cron and calendars write it. */
export type Weekday = (typeof weekdays)[number];

/** When surveys may go out, by the clock on the customer's wall. */
export interface SendHours {
  /** The days on which the window opens; one at least. */
  readonly days: readonly Weekday[];
  /** When it opens, as `09:00`: inclusive. */
  readonly from: string;
  /**
   * When it closes, as `17:30`, to `24:00`: exclusive. A time before `from` is on the next day; the same time as `from`
   * is a day later, so `00:00` twice is the whole of these days.
   */
  readonly to: string;
  /** IANA name, such as `Europe/Berlin`: where the customer's own zone is unknown, or none that this runtime knows. */
  readonly timeZone: string;
  /** What the journal calls this rule. Default `send_window`; two of them need names of their own. */
  readonly name?: string;
}

/**
 * Asks inside the window, else puts the survey off to its next opening. Local time counts, of `customer.timeZone` where
 * that is a valid IANA name: hours behind midnight belong to the day on which the window opened; an hour that the clocks
 * repeat is inside twice; an opening that they skip is the moment behind the gap, and a window that they skip as a whole
 * does not occur. What cannot go out within `maxLatenessMs` is `expired`.
 * @throws CsatError `invalid_config`, with an issue per wrong field
 */
export function sendWindow(options: SendHours): AskRule {
  // From JavaScript it may be anything.
  const { days, from, to, timeZone, name = "send_window" } = Object(options) as SendHours;
  const zoneOf = zoneNames();
  const isTo = to === endOfDay || isTime(to);
  refuseWrong("sendWindow", [
    ...issuesOfDays(days),
    ...unless(isTime(from), "from", "must be a time such as 09:00"),
    ...unless(isTo, "to", "must be a time such as 17:30, 24:00 at most"),
    ...unless(zoneOf(timeZone) !== null, "timeZone", "must be an IANA name that this runtime knows"),
    ...issuesOfName(name),
  ]);
  const window = windowOf({ days, from, to });
  return Object.freeze<AskRule>({
    name,
    decide({ now, customer }) {
      const zone = zoneOf(customer.timeZone) ?? timeZone;
      const moment = firstMomentInside({ window, timeZone: zone, at: now });
      return moment > now ? { notBefore: moment } : "ask";
    },
  });
}

const endOfDay = "24:00";

function isTime(value: unknown): boolean {
  return typeof value === "string" && /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(value);
}

function issuesOfDays(days: unknown): readonly CsatIssue[] {
  if (!Array.isArray(days) || days.length === 0)
    return unless(false, "days", "must be a list of days, one at least");
  const isDay = (day: unknown) => weekdays.some((weekday) => weekday === day);
  return days.flatMap((day, index) =>
    unless(isDay(day), `days.${index}`, `must be one of ${weekdays.join(", ")}`),
  );
}

function windowOf({ days, from, to }: Pick<SendHours, "days" | "from" | "to">): LocalWindow {
  const [opensAt, closesAt] = [minutesOf(from), minutesOf(to)];
  return {
    opensOn: new Set(days.map((day) => weekdays.indexOf(day))),
    opensAt,
    closesAt: closesAt > opensAt ? closesAt : closesAt + minutesInDay,
  };
}

function minutesOf(time: string): number {
  return hoursToMinutes(Number(time.slice(0, 2))) + Number(time.slice(3));
}
