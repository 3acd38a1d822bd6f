import {
  compareText,
  type DateWindow,
  type MetricsCounts,
  type MetricsQuery,
  type MetricsReader,
  type Page,
  type ResponseQuery,
  type ResponseRow,
  utcDay,
} from "@csat/core";
import type { Access } from "./access.ts";
import { newestFirst } from "./keyset.ts";
import type { SurveyRow } from "./rows.ts";

import { type Tables, ticketKey } from "./tables.ts";

/** Counts, straight from the rows. */
export function metricsReader({ read }: Access): MetricsReader {
  return { read: read(readCounts), listResponses: read(listResponses) };
}

function readCounts(tables: Tables, query: MetricsQuery): MetricsCounts {
  const { current, previous } = query;
  const isInEither = (at: Date): boolean => isIn(at, current) || isIn(at, previous);
  const sends = sendRows(tables).filter((send) => isAskedFor(send, query));
  const responses = responseRows(tables).filter((response) => isAskedFor(response, query));

  const sent = sends
    .filter(({ sentAt }) => isInEither(sentAt))
    .map(({ sentAt }) => ({ day: utcDay(sentAt) }));
  const ratings = responses
    .filter(({ respondedAt }) => isInEither(respondedAt))
    .map(({ respondedAt, rating }) => ({ day: utcDay(respondedAt), rating }));
  const resolvers = responses
    .filter(({ respondedAt }) => isIn(respondedAt, current))
    .map(({ resolvedBy, rating }) => ({ actorId: resolvedBy, rating }));

  return {
    sent: counted(sent).toSorted((one, other) => compareText(one.day, other.day)),
    ratings: counted(ratings).toSorted(
      (one, other) => compareText(one.day, other.day) || one.rating - other.rating,
    ),
    resolvers: counted(resolvers).toSorted(
      (one, other) => compareActors(one.actorId, other.actorId) || one.rating - other.rating,
    ),
    cohortAnswered: sends.filter(({ sentAt, status }) => isIn(sentAt, current) && status === "answered")
      .length,
  };
}

function listResponses(tables: Tables, query: ResponseQuery): Page<ResponseRow> {
  const { window, rating, maxRating, limit, cursor } = query;
  const asked = responseRows(tables).filter(
    (response) =>
      isAskedFor(response, query) &&
      isIn(response.respondedAt, window) &&
      (rating === undefined || response.rating === rating) &&
      (maxRating === undefined || response.rating <= maxRating),
  );
  return newestFirst(asked, {
    placeOf: ({ respondedAt, surveyId }) => ({ at: respondedAt, id: surveyId }),
    limit,
    cursor,
  });
}

/** Every survey that was sent. An erased one is none of them: its `sentAt` is gone. */
function sendRows(tables: Tables): readonly (SurveyRow & { readonly sentAt: Date })[] {
  return tables.surveys.rows().flatMap((survey) => {
    const { sentAt } = survey;
    return sentAt === null ? [] : [{ ...survey, sentAt }];
  });
}

/** Every answer with the resolver and the send of its survey. */
function responseRows(tables: Tables): readonly ResponseRow[] {
  return sendRows(tables).flatMap((survey) => {
    const response = tables.responses.get(ticketKey(survey));
    return response === undefined
      ? []
      : [{ ...response, resolvedBy: survey.resolvedBy, sentAt: survey.sentAt }];
  });
}

/** Of this workspace, and of this resolver where one is named: null is the Unattributed group. */
function isAskedFor(
  row: { readonly workspaceId: string; readonly resolvedBy: string | null },
  query: { readonly workspaceId: string; readonly resolvedBy?: string | null },
): boolean {
  if (row.workspaceId !== query.workspaceId) return false;
  return query.resolvedBy === undefined || row.resolvedBy === query.resolvedBy;
}

function isIn(at: Date, { from, until }: DateWindow): boolean {
  return from <= at && at < until;
}

function compareActors(one: string | null, other: string | null): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  return compareText(one, other);
}

/** Each different row once, with the number of times it stood there. */
function counted<Row extends object>(rows: readonly Row[]): readonly (Row & { readonly count: number })[] {
  const counts = new Map<string, Row & { readonly count: number }>();
  for (const row of rows) {
    const key = JSON.stringify(row);
    counts.set(key, { ...row, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()];
}
