import { isDate } from "../survey/is-date.ts";
import { invalidAnswer } from "./answers.ts";

/** Tells the time that the rules see. Replace it in tests. */
export interface Clock {
  now(): Date;
}

/** The machine's clock. The only place of the core that reads it. */
export const systemClock: Clock = { now: () => new Date(Date.now()) };

/** Milliseconds since some moment of this process; never goes back. For how long something may take, not for when it happened. */
export function monotonicMs(): number {
  return performance.now();
}

/** The same clock, which throws instead of telling no time: a time that is none would be stored. @throws CsatError `invalid_answer`, from `now` */
export function checkedClock(clock: Clock): Clock {
  return {
    now() {
      const now: unknown = clock.now();
      if (isDate(now) && !Number.isNaN(now.getTime())) return now;
      throw invalidAnswer("clock.now", [{ path: "", message: "must be a valid Date" }]);
    },
  };
}
