import type { LeaveOutcome, Rejected, ResolveOutcome } from "../csat.ts";
import type { CounterName, Telemetry } from "../ports/telemetry.ts";

/** Counts what became of a batch: one call per counter and reason, however many tickets. */
export function countOutcomes(
  telemetry: Telemetry,
  outcomes: readonly (ResolveOutcome | LeaveOutcome | Rejected)[],
): void {
  const counts = new Map<string, number>();
  for (const outcome of outcomes) {
    const key = keyOf(outcome);
    if (key !== null) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  for (const [key, count] of counts) {
    const [name, reason] = key.split(" ");
    // keyOf writes names of counters alone.
    telemetry.count(name as CounterName, count, reason === undefined ? {} : { reason });
  }
}

/** The counter, a blank and the reason; null for what is not counted. */
function keyOf(
  outcome: ResolveOutcome | LeaveOutcome | Rejected,
): `${CounterName} ${string}` | CounterName | null {
  if (outcome.kind === "scheduled") return "surveys.scheduled";
  if (outcome.kind === "canceled") return "surveys.canceled";
  return outcome.kind === "not_surveyed" ? `surveys.not_scheduled ${outcome.reason}` : null;
}
