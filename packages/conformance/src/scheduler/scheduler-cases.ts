import type { SchedulerCase } from "../case.ts";

/** Every scheduler case. */
export const schedulerCases: readonly SchedulerCase[] = [];
