import type { Page, ResponseQuery, ResponseRow } from "@csat/core";
import { and, desc, eq, getTableColumns, isNotNull, lte, sql } from "drizzle-orm";
import { isAskedFor, isIn, isItsSurvey } from "./asked-for.ts";
import { isAfter, pageOf } from "./keyset.ts";
import type { Rows } from "./open-sqlite.ts";
import { responses, surveys } from "./schema.ts";

/** Newest first, by keyset. */
export async function listResponses(rows: Rows, query: ResponseQuery): Promise<Page<ResponseRow>> {
  const { window, rating, maxRating, limit, cursor } = query;
  const { respondedAt, surveyId } = responses;
  const found = await rows
    .select({
      ...getTableColumns(responses),
      resolvedBy: surveys.resolvedBy,
      // Every answered survey was sent: `responses.record` sees to it.
      sentAt: sql<Date>`${surveys.sentAt}`.mapWith(surveys.sentAt),
    })
    .from(responses)
    .innerJoin(surveys, isItsSurvey)
    .where(
      and(
        // The workspace once more, of the responses: it begins the index of this order.
        eq(responses.workspaceId, query.workspaceId),
        isAskedFor(query),
        isIn(respondedAt, window),
        rating === undefined ? undefined : eq(responses.rating, rating),
        maxRating === undefined ? undefined : lte(responses.rating, maxRating),
        isNotNull(surveys.sentAt),
        isAfter(cursor, { at: respondedAt, id: surveyId }),
      ),
    )
    .orderBy(desc(respondedAt), desc(surveyId))
    .limit(limit + 1);
  return pageOf(found, { limit, placeOf: (row) => ({ at: row.respondedAt, id: row.surveyId }) });
}
