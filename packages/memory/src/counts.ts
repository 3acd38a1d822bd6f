import {
  addCounts,
  type CorrectedDay,
  type CountDelta,
  correctedDays,
  countsOfTicket,
  type DateWindow,
  type MetricsCounts,
  type MetricsQuery,
  metricsCounts,
} from "@csat/core";
import { type Tables, ticketText } from "./tables.ts";

/** Adds to what was counted of a day and a resolver. */
export function count(tables: Tables, workspaceId: string, delta: CountDelta): void {
  const key = keyOf(workspaceId, delta);
  const before = tables.counts.get(key);
  const [sum] = addCounts(before === undefined ? [delta] : [before, delta]);
  if (sum === undefined) tables.counts.delete(key);
  else tables.counts.set(key, { ...sum, workspaceId });
}

/** Adds up what was counted. */
export function counts(
  tables: Tables,
  { workspaceId, current, previous, resolvedBy }: MetricsQuery,
): MetricsCounts {
  const rows = tables.counts
    .rows()
    .filter(
      (row) => row.workspaceId === workspaceId && (resolvedBy === undefined || row.resolvedBy === resolvedBy),
    );
  return metricsCounts({
    days: rows.filter(({ day }) => isIn(day, current) || isIn(day, previous)),
    resolvers: rows.filter(({ day }) => isIn(day, current)),
  });
}

/** Compares what was counted with the rows, and corrects it. */
export function recount(tables: Tables, workspaceId: string): readonly CorrectedDay[] {
  const was = tables.counts.rows().filter((row) => row.workspaceId === workspaceId);
  const is = countsOfRows(tables, workspaceId);
  for (const row of was) tables.counts.delete(keyOf(workspaceId, row));
  for (const row of is) tables.counts.set(keyOf(workspaceId, row), { ...row, workspaceId });
  return correctedDays(was, is);
}

function countsOfRows(tables: Tables, workspaceId: string): readonly CountDelta[] {
  const tickets = tables.heads.rows().flatMap(({ head, cells }) => {
    if (cells?.kind !== "ticket" || head.key.workspaceId !== workspaceId) return [];
    const row = tables.answers.get(ticketText({ workspaceId, ticketId: head.key.id }));
    const answer = row === undefined ? null : { ...row.response, resolvedBy: row.resolvedBy };
    return countsOfTicket({ ...cells, answer });
  });
  return addCounts(tickets);
}

function keyOf(workspaceId: string, { day, resolvedBy }: CountDelta): string {
  return JSON.stringify([workspaceId, day, resolvedBy]);
}

function isIn(day: string, { from, until }: DateWindow): boolean {
  const at = new Date(`${day}T00:00:00.000Z`);
  return from <= at && at < until;
}
