import {
  type FailedQuery,
  type HistoryQuery,
  type JournalRow,
  type Lists,
  ofEntryRow,
  type PageRequest,
  type ResponseQuery,
  type ResponseRow,
  type SurveyResponse,
  type TicketRef,
} from "@csat/core";
import { type SQL, sql } from "drizzle-orm";
import { rowsFrom } from "./executor.ts";
import { entryAfter, idAfter, pageOfIds, pageOfRows, placeAfter, placeColumns } from "./page-of.ts";
import { type Place, toHead } from "./read-heads.ts";
import { flag, milliseconds, type Row, text, textOrNull, texts, time, timeOrNull } from "./row.ts";
import { toRating } from "./to-rating.ts";

/** What is read without being decided on. Each combination of filters walks an index in the order of its page. */
export function postgresLists({ executor, tables }: Pick<Place, "executor" | "tables">): Lists {
  return {
    async answer({ workspaceId, ticketId }) {
      const [row] = await rowsFrom(
        executor,
        `reading the answer of ticket ${ticketId} of workspace ${workspaceId}`,
        sql`select ${answerColumns} from ${tables.answers} r
where r.workspace_id = ${workspaceId}::text and r.ticket_id = ${ticketId}::text`,
      );
      return row === undefined ? null : toResponse(row);
    },
    async answers(query) {
      const rows = await rowsFrom(
        executor,
        `listing the responses of workspace ${query.workspaceId}`,
        answersStatement(tables, query),
      );
      return pageOfRows({ rows, limit: query.limit, toItem: toResponseRow });
    },
    async journal({ workspaceId, ticketId }) {
      const rows = await rowsFrom(
        executor,
        `reading the journal of ticket ${ticketId} of workspace ${workspaceId}`,
        sql`select ${journalColumns}, j.facts::text as facts from ${tables.journal} j
where workspace_id = ${workspaceId}::text and ticket_id = ${ticketId}::text order by j.at, entry_number`,
      );
      return rows.map((row) => toJournalRow({ workspaceId, ticketId }, row));
    },
    async history(query) {
      const { workspaceId, limit } = query;
      const rows = await rowsFrom(
        executor,
        `reading the history of workspace ${workspaceId}`,
        historyStatement(tables, query),
      );
      const toItem = (row: Row) => toJournalRow({ workspaceId, ticketId: text(row, "ticket_id") }, row);
      return pageOfRows({ rows, limit, toItem });
    },
    async events(workspaceId, query) {
      const rows = await rowsFrom(
        executor,
        `listing the events of workspace ${workspaceId}`,
        sql`select e.id as i, e.version as v, e.state::text as state, ${placeColumns(sql`e.created_at`, sql`e.id`)} from ${tables.events} e
where e.workspace_id = ${workspaceId}::text and e.version > 0 ${query.dead ? sql`and e.dead` : sql``} ${query.ticketId === undefined ? sql`` : sql`and e.ticket_id = ${query.ticketId}::text`} ${behind(query, sql`e.created_at`, sql`e.id`)}
order by e.created_at desc, e.id desc limit ${query.limit + 1}::int`,
      );
      return pageOfRows({
        rows,
        limit: query.limit,
        toItem: (row) => toHead({ kind: "event", workspaceId, id: text(row, "i") }, row),
      });
    },
    async failed(query) {
      const { workspaceId } = query;
      const rows = await rowsFrom(
        executor,
        `listing the failed surveys of workspace ${workspaceId}`,
        failedStatement(tables, query),
      );
      return pageOfRows({
        rows,
        limit: query.limit,
        toItem: (row) => ({ workspaceId, ticketId: text(row, "place_id") }),
      });
    },
    async ticketsOf(workspaceId, { customer, limit, cursor }) {
      const rows = await rowsFrom(
        executor,
        `listing the tickets of a customer of workspace ${workspaceId}`,
        sql`select t.ticket_id as place_id from ${tables.customer_tickets} t
where t.workspace_id = ${workspaceId}::text and t.customer = ${customer}::text and t.ticket_id > ${idAfter(cursor)}::text
order by t.ticket_id limit ${limit + 1}::int`,
      );
      return pageOfIds(rows, { limit, toItem: (ticketId) => ({ workspaceId, ticketId }) });
    },
    async suppressed(workspaceId, query) {
      const rows = await rowsFrom(
        executor,
        `listing the suppressed customers of workspace ${workspaceId}`,
        sql`select c.version as v, c.state::text as state, ${placeColumns(sql`c.suppressed_at`, sql`c.id`)} from ${tables.customers} c
where c.workspace_id = ${workspaceId}::text and c.suppressed_at is not null ${behind(query, sql`c.suppressed_at`, sql`c.id`)}
order by c.suppressed_at desc, c.id desc limit ${query.limit + 1}::int`,
      );
      return pageOfRows({
        rows,
        limit: query.limit,
        toItem: (row) => toHead({ kind: "customer", workspaceId, id: text(row, "place_id") }, row),
      });
    },
  };
}

const journalColumns = sql`${milliseconds(sql`j.at`)} as at, event, reason, actor_id, ${milliseconds(sql`eligible_at`)} as eligible_at`;

function toJournalRow({ workspaceId, ticketId }: TicketRef, row: Row): JournalRow {
  return ofEntryRow({
    workspaceId,
    ticketId,
    at: time(row, "at"),
    event: text(row, "event"),
    reason: textOrNull(row, "reason"),
    actorId: textOrNull(row, "actor_id"),
    eligibleAt: timeOrNull(row, "eligible_at"),
    facts: textOrNull(row, "facts"),
  });
}

function historyStatement(
  tables: Place["tables"],
  { workspaceId, window: { from, until }, limit, cursor }: HistoryQuery,
): SQL {
  const after = entryAfter(cursor);
  // One lower bound: with two Postgres may begin at the other.
  const begins =
    after === null || Date.parse(after.at) < from.getTime()
      ? sql`j.at >= ${from.toISOString()}::timestamptz`
      : sql`(j.at, j.entry_number) > (${after.at}::timestamptz, ${after.id}::bigint)`;
  return sql`select j.ticket_id, ${journalColumns}, j.facts::text as facts, ${placeColumns(sql`j.at`, sql`j.entry_number::text`)}
from ${tables.journal} j
where j.workspace_id = ${workspaceId}::text and ${begins} and j.at < ${until.toISOString()}::timestamptz
order by j.at, j.entry_number limit ${limit + 1}::int`;
}

const answerColumns = sql`r.workspace_id, r.ticket_id, r.survey_id, r.rating, r.comment, ${milliseconds(sql`r.responded_at`)} as responded_at`;

function toResponse(row: Row): SurveyResponse {
  return {
    workspaceId: text(row, "workspace_id"),
    ticketId: text(row, "ticket_id"),
    surveyId: text(row, "survey_id"),
    rating: toRating(row),
    comment: textOrNull(row, "comment"),
    respondedAt: time(row, "responded_at"),
  };
}

// Field by field: V8 keeps what a spread begins and further fields complete until it collects everything, which was
// 40 MB of an export's million rows.
function toResponseRow(row: Row): ResponseRow {
  return {
    workspaceId: text(row, "workspace_id"),
    ticketId: text(row, "ticket_id"),
    surveyId: text(row, "survey_id"),
    rating: toRating(row),
    comment: textOrNull(row, "comment"),
    respondedAt: time(row, "responded_at"),
    resolvedBy: text(row, "resolved_by") || null,
    sentAt: time(row, "sent_at"),
    excluded: flag(row, "excluded"),
    slices: texts(row, "slices"),
  };
}

/** The page is cut before tickets are joined: only for its rows are they looked up. */
function answersStatement(tables: Place["tables"], query: ResponseQuery): SQL {
  const { window, rating, maxRating, resolvedBy, slice, withExcluded } = query;
  const conditions = [
    sql`r.workspace_id = ${query.workspaceId}::text`,
    sql`r.responded_at >= ${window.from.toISOString()}::timestamptz`,
    sql`r.responded_at < ${window.until.toISOString()}::timestamptz`,
    ...(rating === undefined ? [] : [sql`r.rating = ${rating}::int`]),
    ...(maxRating === undefined ? [] : [sql`r.rating <= ${maxRating}::int`]),
    // Written out, so that the planner knows that the index of low scores holds what is asked for.
    ...(Math.min(rating ?? 5, maxRating ?? 5) <= 2 ? [sql`r.rating <= 2`] : []),
    ...(resolvedBy === undefined ? [] : [sql`r.resolved_by = ${resolvedBy ?? ""}::text`]),
    ...(slice === undefined ? [] : [sql`${slice}::text = any (r.slices)`]),
    ...(withExcluded === true ? [] : [sql`not r.excluded`]),
  ];
  return sql`with r as materialized (
  select * from ${tables.answers} r where ${sql.join(conditions, sql` and `)} ${behind(query, sql`r.responded_at`, sql`r.survey_id`)}
  order by r.responded_at desc, r.survey_id desc limit ${query.limit + 1}::int
)
select ${answerColumns}, r.resolved_by, r.excluded, to_json(r.slices)::text as slices, ${milliseconds(sql`coalesce(t.sent_at, r.responded_at)`)} as sent_at,
  ${placeColumns(sql`r.responded_at`, sql`r.survey_id`)}
from r join ${tables.tickets} t on t.workspace_id = r.workspace_id and t.id = r.ticket_id
order by r.responded_at desc, r.survey_id desc`;
}

function failedStatement(
  tables: Place["tables"],
  { workspaceId, since, reasons, limit, cursor }: FailedQuery,
): SQL {
  const after = placeAfter(cursor);
  return sql`select ${placeColumns(sql`d.failed_at`, sql`d.id`)} from ${tables.due_tickets} d
where d.workspace_id = ${workspaceId}::text and d.failed_at is not null
  and d.reason in (select jsonb_array_elements_text(${JSON.stringify(reasons)}::text::jsonb))
  ${since === null ? sql`` : sql`and d.failed_at >= ${since.toISOString()}::timestamptz`}
  ${after === null ? sql`` : sql`and (d.failed_at, d.id) > (${after.at}::timestamptz, ${after.id}::text)`}
order by d.failed_at, d.id limit ${limit + 1}::int`;
}

/** Rows behind a cursor of a list that has the newest first. */
function behind({ cursor }: PageRequest, at: SQL, id: SQL): SQL {
  const after = placeAfter(cursor);
  return after === null ? sql`` : sql`and (${at}, ${id}) < (${after.at}::timestamptz, ${after.id}::text)`;
}
