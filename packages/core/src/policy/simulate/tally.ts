import { utcDay } from "../../survey/add-counts.ts";
import { compareText } from "../../survey/compare-text.ts";
import type { Told } from "../transition/step.ts";
import type { ByReason, SimulatedDay, SimulatedFigures } from "./policy-simulation.ts";

/** Counts what a dry run decides. */
export interface Tally {
  /** What one step of a ticket told. */
  told(lines: readonly Told[]): void;
  resolved(at: Date): void;
  unknown(at: Date): void;
  /** The sums, and a row for each of `days` and every other day on which something was counted, in order. */
  figures(days: readonly string[]): SimulatedFigures & { readonly daily: readonly SimulatedDay[] };
}

interface Counting {
  resolved: number;
  sent: number;
  readonly deferred: Map<string, number>;
  readonly skipped: Map<string, number>;
  readonly canceled: Map<string, number>;
  readonly failed: Map<string, number>;
  unknown: number;
}

/** All at 0. */
export function emptyTally(): Tally {
  const byDay = new Map<string, Counting>();

  function dayOf(at: Date): Counting {
    const day = utcDay(at);
    const counting = byDay.get(day) ?? nothing();
    byDay.set(day, counting);
    return counting;
  }

  return {
    told(lines) {
      for (const { at, event, reason } of lines) {
        if (event === "sent") dayOf(at).sent += 1;
        const kind = kindOf(event, reason);
        if (kind !== null && reason !== null) add(dayOf(at)[kind], reason, 1);
      }
    },
    resolved: (at) => {
      dayOf(at).resolved += 1;
    },
    unknown: (at) => {
      dayOf(at).unknown += 1;
    },
    figures(days) {
      const all = [...new Set([...days, ...byDay.keys()])].toSorted(compareText);
      const sum = nothing();
      for (const counting of byDay.values()) {
        for (const name of ["resolved", "sent", "unknown"] as const) sum[name] += counting[name];
        for (const kind of kinds) for (const [reason, count] of counting[kind]) add(sum[kind], reason, count);
      }
      const daily = all.map((day) => ({ day, ...written(byDay.get(day) ?? nothing()) }));
      return { ...written(sum), daily };
    },
  };
}

const kinds = ["deferred", "skipped", "canceled", "failed"] as const;

function kindOf(event: Told["event"], reason: string | null): (typeof kinds)[number] | null {
  switch (event) {
    case "skipped":
    case "not_scheduled":
      // An earlier resolution counts already: that one is counted.
      return reason === "already_scheduled" ? null : "skipped";
    case "deferred":
    case "canceled":
      return event;
    case "gave_up":
      return "failed";
    default:
      return null;
  }
}

function nothing(): Counting {
  return {
    resolved: 0,
    sent: 0,
    deferred: new Map(),
    skipped: new Map(),
    canceled: new Map(),
    failed: new Map(),
    unknown: 0,
  };
}

function add(counts: Map<string, number>, reason: string, count: number): void {
  counts.set(reason, (counts.get(reason) ?? 0) + count);
}

function written({ deferred, skipped, canceled, failed, ...plain }: Counting): SimulatedFigures {
  return {
    ...plain,
    deferred: sorted(deferred),
    skipped: sorted(skipped),
    canceled: sorted(canceled),
    failed: sorted(failed),
  };
}

function sorted(counts: ReadonlyMap<string, number>): ByReason {
  return Object.fromEntries([...counts].toSorted(([one], [other]) => compareText(one, other)));
}
