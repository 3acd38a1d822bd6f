import {
  type CorrectedDay,
  type CountDelta,
  compareText,
  type DateWindow,
  type MetricsCounts,
  type MetricsQuery,
  type Rating,
  ratings,
} from "@csat/core";
import { type Tables, ticketText } from "./tables.ts";

/** Adds up what was counted. */
export function counts(
  tables: Tables,
  { workspaceId, current, previous, resolvedBy }: MetricsQuery,
): MetricsCounts {
  const rows = tables.counts
    .rows()
    .filter(
      (row) =>
        row.workspaceId === workspaceId &&
        (resolvedBy === undefined || row.resolvedBy === resolvedBy) &&
        (isIn(row.day, current) || isIn(row.day, previous)),
    );
  const ofCurrent = rows.filter(({ day }) => isIn(day, current));
  const rated = (row: CountDelta) =>
    ratings.map((rating) => ({ rating, count: row.ratings[rating - 1] ?? 0 }));
  return {
    sent: added(rows.map(({ day, sent }) => ({ day, count: sent }))).toSorted((one, other) =>
      compareText(one.day, other.day),
    ),
    ratings: added(rows.flatMap((row) => rated(row).map((one) => ({ day: row.day, ...one })))).toSorted(
      (one, other) => compareText(one.day, other.day) || one.rating - other.rating,
    ),
    resolvers: added(
      ofCurrent.flatMap((row) => rated(row).map((one) => ({ actorId: row.resolvedBy, ...one }))),
    ).toSorted((one, other) => compareActors(one.actorId, other.actorId) || one.rating - other.rating),
    cohortAnswered: ofCurrent.reduce((sum, { answered }) => sum + answered, 0),
  };
}

/** Compares what was counted with the rows, and corrects it. */
export function recount(tables: Tables, workspaceId: string): readonly CorrectedDay[] {
  const was = tables.counts.rows().filter((row) => row.workspaceId === workspaceId);
  const is = countsOfRows(tables, workspaceId);
  const key = (row: CountDelta) => JSON.stringify([workspaceId, row.day, row.resolvedBy]);
  const content = (row: CountDelta | undefined) => JSON.stringify([row?.sent, row?.answered, row?.ratings]);
  const isByKey = new Map(is.map((row) => [key(row), row]));
  const wasByKey = new Map(was.map((row) => [key(row), row]));
  const off = [...new Set([...isByKey.keys(), ...wasByKey.keys()])].filter(
    (one) => content(isByKey.get(one)) !== content(wasByKey.get(one)),
  );
  const days = new Set(off.map((one) => (isByKey.get(one) ?? wasByKey.get(one))?.day ?? ""));
  for (const one of off) {
    const row = isByKey.get(one);
    if (row === undefined) tables.counts.delete(one);
    else tables.counts.set(one, { ...row, workspaceId });
  }
  return [...days].toSorted(compareText).map((day) => ({ day, was: total(was, day), is: total(is, day) }));
}

function countsOfRows(tables: Tables, workspaceId: string): readonly CountDelta[] {
  const sums = new Map<
    string,
    { day: string; resolvedBy: string | null; sent: number; answered: number; ratings: number[] }
  >();
  const at = (time: Date, resolvedBy: string | null) => {
    const day = time.toISOString().slice(0, "YYYY-MM-DD".length);
    const text = JSON.stringify([day, resolvedBy]);
    const sum = sums.get(text) ?? { day, resolvedBy, sent: 0, answered: 0, ratings: [0, 0, 0, 0, 0] };
    sums.set(text, sum);
    return sum;
  };
  for (const { head, cells } of tables.heads.rows()) {
    if (cells?.kind !== "ticket" || head.key.workspaceId !== workspaceId) continue;
    const answer = tables.answers.get(ticketText({ workspaceId, ticketId: head.key.id }));
    if (cells.sentAt !== null) {
      const sum = at(cells.sentAt, cells.resolvedBy);
      sum.sent += 1;
      sum.answered += answer === undefined ? 0 : 1;
    }
    if (answer !== undefined) {
      const { rating, respondedAt } = answer.response;
      const sum = at(respondedAt, answer.resolvedBy);
      sum.ratings[rating - 1] = (sum.ratings[rating - 1] ?? 0) + 1;
    }
  }
  return [...sums.values()].map((sum) => {
    const [one = 0, two = 0, three = 0, four = 0, five = 0] = sum.ratings;
    return { ...sum, ratings: [one, two, three, four, five] };
  });
}

function total(rows: readonly CountDelta[], day: string): number {
  return rows
    .filter((row) => row.day === day)
    .reduce((sum, row) => sum + row.sent + row.ratings.reduce((one, other) => one + other, 0), 0);
}

function isIn(day: string, { from, until }: DateWindow): boolean {
  const at = new Date(`${day}T00:00:00.000Z`);
  return from <= at && at < until;
}

function compareActors(one: string | null, other: string | null): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  return compareText(one, other);
}

type Counted = {
  readonly count: number;
  readonly day?: string;
  readonly actorId?: string | null;
  readonly rating?: Rating;
};

/** Equal rows as one, with their counts added; what comes to nothing is left out. */
function added<Row extends Counted>(rows: readonly Row[]): readonly Row[] {
  const sums = new Map<string, Row>();
  for (const row of rows) {
    const key = JSON.stringify({ ...row, count: 0 });
    sums.set(key, { ...row, count: (sums.get(key)?.count ?? 0) + row.count });
  }
  return [...sums.values()].filter(({ count }) => count !== 0);
}
