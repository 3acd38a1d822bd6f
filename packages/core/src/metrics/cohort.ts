import { wilsonInterval } from "./intervals.ts";
import type { Cohort } from "./metrics.ts";
import { fraction } from "./tally.ts";

/** Of the surveys sent in a window, the share that is answered by now. */
export function cohort({ sent, answered }: Pick<Cohort, "sent" | "answered">): Cohort {
  return { sent, answered, rate: fraction(answered, sent), rateInterval: wilsonInterval(answered, sent) };
}
