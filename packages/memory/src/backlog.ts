import {
  type Backlog,
  compareText,
  countedUpTo,
  type Due,
  type HeadKind,
  mostTroubles,
  type Trouble,
} from "@csat/core";
import { isDue } from "./read.ts";
import type { DueRow, Tables } from "./tables.ts";

/** What waits, since when, what it fails at, and what was given up. */
export function backlog(tables: Tables, now: Date): Backlog {
  const leasedAt = tables.leaseClock.now();
  const rows = tables.due.rows();
  const due = rows.filter((row) => isDue(row, { now, leasedAt }));
  const dueTickets = due.filter(({ key }) => key.kind === "ticket");
  const failed = rows.filter(({ due }) => due.kind === "failed");
  const late = rows.filter(({ due }) => due.kind === "waiting" && due.firstDueAt <= now);
  const isLeased = ({ lease }: DueRow) => lease !== null;
  return {
    dueSurveys: count("ticket", due),
    oldestDueAt: firstOf(dueTickets),
    expiredLeases: count("ticket", dueTickets.filter(isLeased)),
    failedSurveys: count("ticket", failed),
    dueEvents: count("event", due),
    deadEvents: count("event", failed),
    waitingSince: firstOf(late.filter(({ key }) => key.kind === "ticket")),
    eventsWaitingSince: firstOf(late.filter(({ key }) => key.kind === "event")),
    failing: [...troublesOf("ticket", rows, failing), ...troublesOf("event", rows, failing)],
    givenUp: [...troublesOf("ticket", rows, givenUp), ...troublesOf("event", rows, givenUp)],
  };
}

function count(kind: HeadKind, of: readonly DueRow[]): number {
  return Math.min(of.filter(({ key }) => key.kind === kind).length, countedUpTo);
}

/** The earliest time at which one of them was to be done at first. */
function firstOf(rows: readonly DueRow[]): Date | null {
  const times = rows.flatMap(({ due }) => (due.kind === "waiting" ? [due.firstDueAt.getTime()] : []));
  return times.length === 0 ? null : new Date(times.reduce((one, other) => Math.min(one, other)));
}

/** In order of workspace and reason. */
function troublesOf(
  kind: HeadKind,
  rows: readonly DueRow[],
  reads: (due: Due) => Told | null,
): readonly Trouble[] {
  const found = new Map<string, Trouble>();
  for (const { key, due } of rows) {
    const told = key.kind === kind ? reads(due) : null;
    if (told === null) continue;
    const place = JSON.stringify([key.workspaceId, told.reason]);
    const known = found.get(place);
    if (known === undefined || told.since < known.since)
      found.set(place, { kind, workspaceId: key.workspaceId, ...told });
  }
  return [...found.values()]
    .toSorted(
      (one, other) =>
        compareText(one.workspaceId, other.workspaceId) || compareText(one.reason, other.reason),
    )
    .slice(0, mostTroubles);
}

type Told = Pick<Trouble, "reason" | "since">;

function failing(due: Due): Told | null {
  if (due.kind !== "waiting" || due.failing === undefined) return null;
  return { reason: due.failing, since: due.firstDueAt };
}

function givenUp(due: Due): Told | null {
  return due.kind === "failed" ? { reason: due.reason, since: due.failedAt } : null;
}
