import type { WorkspaceSettings } from "../survey/settings.ts";
import { sendDelayMs } from "./send-delay.ts";

/** What is known when a resolution arrives. */
export interface OnResolve {
  readonly resolvedAt: Date;
  /** False when the host wants nobody to be asked after this resolution. */
  readonly ask: boolean;
  readonly settings: Pick<WorkspaceSettings, "enabled" | "sendDelay">;
  readonly maxLatenessMs: number;
  readonly now: Date;
}

/** Arm a survey, due then; or not, and why. */
export type ResolveDecision =
  | { readonly kind: "arm"; readonly dueAt: Date }
  | { readonly kind: "not_surveyed"; readonly reason: "csat_disabled" | "expired" | "left_out" };

/** Decides on a resolution alone; what the ticket went through before is the storage's to judge. */
export function decideOnResolve({
  resolvedAt,
  ask,
  settings,
  maxLatenessMs,
  now,
}: OnResolve): ResolveDecision {
  if (!settings.enabled) return { kind: "not_surveyed", reason: "csat_disabled" };
  if (now.getTime() - resolvedAt.getTime() > maxLatenessMs)
    return { kind: "not_surveyed", reason: "expired" };
  if (!ask) return { kind: "not_surveyed", reason: "left_out" };
  const wantedMs = resolvedAt.getTime() + sendDelayMs(settings.sendDelay);
  return { kind: "arm", dueAt: new Date(Math.max(wantedMs, now.getTime())) };
}
