import type { Fault } from "./fault.ts";

/** A fault in one branch of the transition. */
export type TransitionFault = Omit<Fault, "caughtBy">;

/** A fault of one file of the transition, or of a path below the core's sources. */
export const fault = (file: string, name: string, right: string, wrong: string): TransitionFault => ({
  name,
  file: `core/src/${file.includes("/") ? file : `policy/transition/${file}`}.ts`,
  right,
  wrong,
});
