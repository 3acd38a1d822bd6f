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
  missingCounts,
  type PartCounts,
  type PartsQuery,
  partCounts,
} from "@csat/core";
import { type Tables, ticketText } from "./tables.ts";

/** Adds to what was counted of a day, a resolver and a part. */
export function count(tables: Tables, workspaceId: string, delta: CountDelta): void {
  const key = keyOf(workspaceId, delta);
  const before = tables.counts.get(key);
  const [sum] = addCounts(before === undefined ? [delta] : [before, delta]);
  if (sum === undefined) tables.counts.delete(key);
  else tables.counts.set(key, { ...sum, workspaceId });
}

/** Adds up what was counted. */
export function counts(tables: Tables, { current, previous, part, ...query }: MetricsQuery): MetricsCounts {
  const rows = countsOf(tables, query).filter((row) => row.part === part);
  return metricsCounts({
    days: rows.filter(({ day }) => isIn(day, current) || isIn(day, previous)),
    resolvers: rows.filter(({ day }) => isIn(day, current)),
  });
}

/** Adds up what was counted of parts. */
export function parts(tables: Tables, { window, prefix, ...query }: PartsQuery): readonly PartCounts[] {
  return partCounts(
    countsOf(tables, query).filter(({ part, day }) => part?.startsWith(prefix) === true && isIn(day, window)),
  );
}

function countsOf(
  tables: Tables,
  { workspaceId, resolvedBy }: Pick<MetricsQuery, "workspaceId" | "resolvedBy">,
): readonly CountDelta[] {
  return tables.counts
    .rows()
    .filter(
      (row) => row.workspaceId === workspaceId && (resolvedBy === undefined || row.resolvedBy === resolvedBy),
    );
}

/** Compares what was counted with the rows, and corrects it by what is missing. */
export function recount(tables: Tables, workspaceId: string): readonly CorrectedDay[] {
  const was = countsOf(tables, { workspaceId }).filter(({ part }) => part === undefined);
  const is = countsOfRows(tables, workspaceId);
  for (const delta of missingCounts(was, is)) count(tables, workspaceId, delta);
  return correctedDays(was, is);
}

function countsOfRows(tables: Tables, workspaceId: string): readonly CountDelta[] {
  const tickets = tables.heads.rows().flatMap(({ head, cells }) => {
    if (cells?.kind !== "ticket" || head.key.workspaceId !== workspaceId) return [];
    const row = tables.answers.get(ticketText({ workspaceId, ticketId: head.key.id }));
    const answer = row === undefined || row.excluded ? null : { ...row.response, resolvedBy: row.resolvedBy };
    return countsOfTicket({ ...cells, answer });
  });
  return addCounts(tickets);
}

function keyOf(workspaceId: string, { day, resolvedBy, part }: CountDelta): string {
  return JSON.stringify([workspaceId, day, resolvedBy, part]);
}

function isIn(day: string, { from, until }: DateWindow): boolean {
  const at = new Date(`${day}T00:00:00.000Z`);
  return from <= at && at < until;
}
