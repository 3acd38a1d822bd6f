import { millisecondsInHour } from "date-fns/constants";
import type { SendDelay } from "../survey/settings.ts";

const lengths: Readonly<Record<SendDelay, number>> = {
  immediately: 0,
  "1_hour": millisecondsInHour,
  "24_hours": 24 * millisecondsInHour,
  "3_days": 72 * millisecondsInHour,
};

/** The delays an admin may choose, shortest first. */
export const sendDelays: readonly SendDelay[] = ["immediately", "1_hour", "24_hours", "3_days"];

/** How long a survey waits after its ticket's resolution, in milliseconds. */
export function sendDelayMs(delay: SendDelay): number {
  return lengths[delay];
}
