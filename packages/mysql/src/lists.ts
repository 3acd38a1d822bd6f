import {
  CsatError,
  type FailedQuery,
  type HistoryQuery,
  type JournalRow,
  type Lists,
  ofEntryRow,
  type Rating,
  type ResponseQuery,
  type ResponseRow,
  ratings,
  type SurveyResponse,
  type TicketRef,
} from "@csat/core";
import { type SQL, sql } from "drizzle-orm";
import { rowsFrom } from "./executor.ts";
import { entryAfter, idAfter, isBehind, pageOfRows, placeAfter, placeColumns } from "./page-of.ts";
import { type Place, toHead } from "./read-heads.ts";
import { milliseconds, number, type Row, stored, text, textOrNull, time, timeOrNull } from "./row.ts";

/** What is read without being decided on. Each combination of filters walks an index in the order of its page. */
export function mysqlLists({ executor, tables }: Pick<Place, "executor" | "tables">): Lists {
  return {
    async answer({ workspaceId, ticketId }) {
      const [row] = await rowsFrom(
        executor,
        `reading the answer of ticket ${ticketId} of workspace ${workspaceId}`,
        sql`select ${answerColumns} from ${tables.answers} r where r.workspace_id = ${workspaceId} and r.ticket_id = ${ticketId}`,
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
        sql`select ${journalColumns}, j.facts from ${tables.journal} j
where workspace_id = ${workspaceId} and ticket_id = ${ticketId} order by j.at, entry_number`,
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
    async events(workspaceId, { limit, cursor, dead, ticketId }) {
      const after = placeAfter(cursor);
      const [at, id] = [sql`e.created_at`, sql`e.id`];
      const rows = await rowsFrom(
        executor,
        `listing the events of workspace ${workspaceId}`,
        sql`select e.id as i, e.version as v, e.state as state, ${placeColumns(at, id)} from ${tables.events} e
where e.workspace_id = ${workspaceId} and e.version > 0 ${dead ? sql`and e.dead = 1` : sql``} ${ticketId === undefined ? sql`` : sql`and e.ticket_id = ${ticketId}`}
  ${isBehind(after, { at, id, isDescending: true })}
order by e.created_at desc, e.id desc ${limitTo(limit)}`,
      );
      const toItem = (row: Row) => toHead({ kind: "event", workspaceId, id: text(row, "i") }, row);
      return pageOfRows({ rows, limit, toItem });
    },
    async failed(query) {
      const { workspaceId, limit } = query;
      const rows = await rowsFrom(
        executor,
        `listing the failed surveys of workspace ${workspaceId}`,
        failedStatement(tables, query),
      );
      const toItem = (row: Row) => ({ workspaceId, ticketId: text(row, "place_id") });
      return pageOfRows({ rows, limit, toItem });
    },
    async ticketsOf(workspaceId, { customer, limit, cursor }) {
      const after = idAfter(cursor);
      const rows = await rowsFrom(
        executor,
        `listing the tickets of a customer of workspace ${workspaceId}`,
        sql`select '' as at_text, ticket_id as place_id from ${tables.customer_tickets}
where workspace_id = ${workspaceId} and customer = ${customer} ${after === null ? sql`` : sql`and ticket_id > ${after}`}
order by ticket_id ${limitTo(limit)}`,
      );
      const toItem = (row: Row) => ({ workspaceId, ticketId: text(row, "place_id") });
      return pageOfRows({ rows, limit, toItem });
    },
    async suppressed(workspaceId, { limit, cursor }) {
      const [at, id] = [sql`c.suppressed_at`, sql`c.id`];
      const rows = await rowsFrom(
        executor,
        `listing the suppressed customers of workspace ${workspaceId}`,
        sql`select c.id as i, c.version as v, c.state as state, ${placeColumns(at, id)} from ${tables.customers} c
where c.workspace_id = ${workspaceId} and c.suppressed_at is not null
  ${isBehind(placeAfter(cursor), { at, id, isDescending: true })}
order by c.suppressed_at desc, c.id desc ${limitTo(limit)}`,
      );
      const toItem = (row: Row) => toHead({ kind: "customer", workspaceId, id: text(row, "i") }, row);
      return pageOfRows({ rows, limit, toItem });
    },
  };
}

const journalColumns = sql`${milliseconds(sql`j.at`)} as at_ms, event, reason, actor_id, ${milliseconds(sql`eligible_at`)} as eligible_ms`;

function toJournalRow({ workspaceId, ticketId }: TicketRef, row: Row): JournalRow {
  return ofEntryRow({
    workspaceId,
    ticketId,
    at: time(row, "at_ms"),
    event: text(row, "event"),
    reason: textOrNull(row, "reason"),
    actorId: textOrNull(row, "actor_id"),
    eligibleAt: timeOrNull(row, "eligible_ms"),
    facts: textOrNull(row, "facts"),
  });
}

function historyStatement(
  tables: Place["tables"],
  { workspaceId, window: { from, until }, limit, cursor }: HistoryQuery,
): SQL {
  const after = entryAfter(cursor);
  const behind =
    after === null
      ? sql``
      : sql`and j.at >= ${after.at} and (j.at > ${after.at} or j.entry_number > cast(${after.id} as signed))`;
  return sql`select j.ticket_id, ${journalColumns}, j.facts, ${placeColumns(sql`j.at`, sql`cast(j.entry_number as char)`)}
from ${tables.journal} j force index (journal_history_idx)
where j.workspace_id = ${workspaceId} and j.at >= ${stored(from)} and j.at < ${stored(until)}
  ${behind}
order by j.at, j.entry_number ${limitTo(limit)}`;
}

const answerColumns = sql`r.workspace_id, r.ticket_id, r.survey_id, r.rating, r.comment, ${milliseconds(sql`r.responded_at`)} as responded_ms`;

function toResponse(row: Row): SurveyResponse {
  return {
    workspaceId: text(row, "workspace_id"),
    ticketId: text(row, "ticket_id"),
    surveyId: text(row, "survey_id"),
    rating: toRating(row),
    comment: textOrNull(row, "comment"),
    respondedAt: time(row, "responded_ms"),
  };
}

// Field by field: V8 keeps what a spread begins and further fields complete until it collects everything.
function toResponseRow(row: Row): ResponseRow {
  return {
    workspaceId: text(row, "workspace_id"),
    ticketId: text(row, "ticket_id"),
    surveyId: text(row, "survey_id"),
    rating: toRating(row),
    comment: textOrNull(row, "comment"),
    respondedAt: time(row, "responded_ms"),
    resolvedBy: text(row, "resolved_by") || null,
    sentAt: time(row, "sent_ms"),
    excluded: number(row, "excluded") === 1,
    slices: toSlices(textOrNull(row, "slices")),
  };
}

function toSlices(stored: string | null): readonly string[] {
  // The column holds what this package wrote.
  return stored === null ? [] : (JSON.parse(stored) as readonly string[]);
}

function toRating(row: Row): Rating {
  const stored = number(row, "rating");
  const rating = ratings.find((known) => known === stored);
  if (rating === undefined) throw new CsatError("storage_failed", `A stored rating is no rating: ${stored}.`);
  return rating;
}

/** The page is cut before tickets are joined: only for its rows are they looked up. */
function answersStatement(tables: Place["tables"], query: ResponseQuery): SQL {
  const { window, rating, maxRating, resolvedBy, slice, withExcluded, limit } = query;
  const [at, id] = [sql`r.responded_at`, sql`r.survey_id`];
  const conditions = [
    sql`r.workspace_id = ${query.workspaceId}`,
    sql`r.responded_at >= ${stored(window.from)}`,
    sql`r.responded_at < ${stored(window.until)}`,
    ...(rating === undefined ? [] : [sql`r.rating = ${String(rating)}`]),
    ...(maxRating === undefined ? [] : [sql`r.rating <= ${String(maxRating)}`]),
    // Written out, so that the index of low scores is walked.
    ...(Math.min(rating ?? 5, maxRating ?? 5) <= 2 ? [sql`r.is_low = 1`] : []),
    ...(resolvedBy === undefined ? [] : [sql`r.resolved_by = ${resolvedBy ?? ""}`]),
    // By code points: JSON knows no collation that takes "É" for "e".
    ...(slice === undefined ? [] : [sql`json_contains(r.slices, ${JSON.stringify(slice)})`]),
    ...(withExcluded === true ? [] : [sql`r.excluded = 0`]),
  ];
  return sql`select ${answerColumns}, r.resolved_by, r.excluded, r.slices, ${milliseconds(sql`coalesce(t.sent_at, r.responded_at)`)} as sent_ms, ${placeColumns(at, id)}
from (
  select * from ${tables.answers} r where ${sql.join(conditions, sql` and `)}
    ${isBehind(placeAfter(query.cursor), { at, id, isDescending: true })}
  order by r.responded_at desc, r.survey_id desc ${limitTo(limit)}
) r join ${tables.tickets} t on t.workspace_id = r.workspace_id and t.id = r.ticket_id
order by r.responded_at desc, r.survey_id desc`;
}

function failedStatement(
  tables: Place["tables"],
  { workspaceId, since, reasons, limit, cursor }: FailedQuery,
): SQL {
  const [at, id] = [sql`d.failed_at`, sql`d.id`];
  if (reasons.length === 0) return sql`select 1 from ${tables.due_tickets} where 1 = 0`;
  return sql`select ${placeColumns(at, id)} from ${tables.due_tickets} d
where d.workspace_id = ${workspaceId} and d.failed_at is not null
  and d.reason in (${sql.join(
    reasons.map((reason) => sql`${reason}`),
    sql`, `,
  )})
  ${since === null ? sql`` : sql`and d.failed_at >= ${stored(since)}`}
  ${isBehind(placeAfter(cursor), { at, id, isDescending: false })}
order by d.failed_at, d.id ${limitTo(limit)}`;
}

/** One more than the page has. Written out: some servers take no placeholder there. */
function limitTo(limit: number): SQL {
  return sql.raw(`limit ${limit + 1}`);
}
