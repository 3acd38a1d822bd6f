import type { Page, ResponseQuery, ResponseRow } from "@csat/core";
import { type SQL, sql } from "drizzle-orm";
import { decodeCursor } from "./cursor.ts";
import { pageOf } from "./page-of.ts";
import { responseColumns, toResponse } from "./responses.ts";
import { milliseconds, type Row, text, time } from "./row.ts";
import type { Session } from "./session.ts";
import type { TableNames } from "./table-names.ts";

/** A page of responses, newest first. Each combination of filters walks an index in that order. */
export async function listResponses(
  session: Session,
  { tables, query }: { readonly tables: TableNames; readonly query: ResponseQuery },
): Promise<Page<ResponseRow>> {
  const rows = await session.execute(
    `listing the responses of workspace ${query.workspaceId}`,
    listStatement(tables, query),
  );
  const keyset = (last: ResponseRow) => ({ at: last.respondedAt, id: last.surveyId });
  return pageOf({ entries: rows.map(toResponseRow), limit: query.limit, keyset });
}

// Field by field: V8 keeps what a spread begins and further fields complete until it collects everything, which was
// 40 MB of an export's million rows.
function toResponseRow(row: Row): ResponseRow {
  const { workspaceId, ticketId, surveyId, rating, comment, respondedAt } = toResponse(row);
  const resolvedBy = text(row, "resolved_by") || null;
  return {
    workspaceId,
    ticketId,
    surveyId,
    rating,
    comment,
    respondedAt,
    resolvedBy,
    sentAt: time(row, "sent_at"),
  };
}

/** The page is cut before surveys are joined: only for its rows are they looked up. */
function listStatement(tables: TableNames, query: ResponseQuery): SQL {
  const { window, cursor, rating, maxRating, resolvedBy } = query;
  const after = decodeCursor(cursor);
  const conditions = [
    sql`r.workspace_id = ${query.workspaceId}::text`,
    sql`r.responded_at >= ${window.from.toISOString()}::timestamptz`,
    sql`r.responded_at < ${window.until.toISOString()}::timestamptz`,
    ...(rating === undefined ? [] : [sql`r.rating = ${rating}::int`]),
    ...(maxRating === undefined ? [] : [sql`r.rating <= ${maxRating}::int`]),
    // Written out, so that the planner knows that the index of low scores holds what is asked for.
    ...(Math.min(rating ?? 5, maxRating ?? 5) <= 2 ? [sql`r.rating <= 2`] : []),
    ...(resolvedBy === undefined ? [] : [sql`r.resolved_by = ${resolvedBy ?? ""}::text`]),
    ...(after === null
      ? []
      : [sql`(r.responded_at, r.survey_id) < (${after.at.toISOString()}::timestamptz, ${after.id}::text)`]),
  ];
  return sql`with r as materialized (
  select * from ${tables.responses} r where ${sql.join(conditions, sql` and `)}
  order by r.responded_at desc, r.survey_id desc limit ${query.limit + 1}::int
)
select ${responseColumns}, r.resolved_by, ${milliseconds(sql`coalesce(s.sent_at, r.responded_at)`)} as sent_at
from r join ${tables.surveys} s on s.workspace_id = r.workspace_id and s.id = r.survey_id
order by r.responded_at desc, r.survey_id desc`;
}
