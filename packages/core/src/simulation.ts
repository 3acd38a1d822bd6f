import type { RangeInput } from "./metrics/metrics.ts";
import type { AskRule } from "./policy/ask/rule.ts";
import type { PolicySimulation } from "./policy/simulate/policy-simulation.ts";
import type { WorkspaceSettings } from "./survey/settings.ts";

/** Tries a policy before it is switched on. */
export interface DryRun {
  /**
   * What other settings and rules would have made of the resolutions of past days: the very decisions, taken again on what
   * was kept, in order of time. With those that stand it says what happened. Writes nothing; `onProgress` is told after
   * each of many short reads. Costs time by the length of the history, not memory.
   * @throws CsatError `invalid_input`, as `updateSettings` and `getMetrics`; `storage_failed`
   */
  simulatePolicy(
    workspaceId: string,
    request?: SimulationRequest,
    onProgress?: (progress: SimulationProgress) => void,
  ): Promise<PolicySimulation>;
}

/** What is tried, and on which days. */
export interface SimulationRequest {
  /** Settings over those that stand. */
  readonly change?: Partial<WorkspaceSettings>;
  /** Instead of the rules that `createCsat` was given. Each is asked on facts of the past, thousands of times. */
  readonly rules?: readonly AskRule[];
  /** The resolutions of these whole UTC days are decided again. `{ days: 30 }` by default. */
  readonly range?: RangeInput;
}

/** How far a dry run has come. */
export interface SimulationProgress {
  /** Lines of history that were read. */
  readonly lines: number;
  /** Of all the time that is to be read, at most: from 0 to 1. It may end before. */
  readonly share: number;
}
