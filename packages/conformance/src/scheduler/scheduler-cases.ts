import type { SchedulerCase } from "../case.ts";
import { deliverCases } from "./deliver.ts";
import { scheduleCases } from "./schedule.ts";
import { stopCases } from "./stop.ts";
import { workCases } from "./work.ts";

/** Every scheduler case. */
export const schedulerCases: readonly SchedulerCase[] = [
  ...deliverCases,
  ...scheduleCases,
  ...workCases,
  ...stopCases,
];
