import {
  CsatError,
  type JournalEntry,
  type Lists,
  type Page,
  type PageRequest,
  type ResponseRow,
  type SurveyResponse,
} from "@csat/core";
import { type SQL, sql } from "drizzle-orm";
import { type HeadRow, toHead } from "./records.ts";
import type { Run } from "./sql.ts";

/** A row of the database, whose times are milliseconds. */
type Stored<Item, Time extends keyof Item> = Omit<Item, Time> & { readonly [Name in Time]: number };

const response = sql`select workspaceId, id as ticketId, surveyId, rating, comment, respondedAt`;

/** What is read without being decided on. */
export function sqliteLists(run: Run): Lists {
  return {
    async answer({ workspaceId, ticketId }) {
      const rows = await run<Stored<SurveyResponse, "respondedAt">>`${response} from csat_records
        where kind = 'ticket' and workspaceId = ${workspaceId} and id = ${ticketId} and rating is not null`;
      return rows.map((row) => ({ ...row, respondedAt: new Date(row.respondedAt) }))[0] ?? null;
    },
    answers({ workspaceId, window: { from, until }, rating, maxRating = 5, resolvedBy, ...request }) {
      const select = sql`${response}, creditedTo as resolvedBy, sentAt from csat_records
        where kind = 'ticket' and workspaceId = ${workspaceId} and rating <= ${maxRating}
          and respondedAt >= ${from.getTime()} and respondedAt < ${until.getTime()}
          and ${rating === undefined ? sql`true` : sql`rating = ${rating}`}
          and ${resolvedBy === undefined ? sql`true` : sql`creditedTo is ${resolvedBy}`}`;
      const toItem = (row: Stored<ResponseRow, "respondedAt" | "sentAt">) => {
        return { ...row, respondedAt: new Date(row.respondedAt), sentAt: new Date(row.sentAt) };
      };
      return page(run, { select, at: "respondedAt", id: "surveyId", order: "desc", toItem, ...request });
    },
    async journal({ workspaceId, ticketId }) {
      const rows = await run<Stored<JournalEntry, "at">>`
        select workspaceId, ticketId, at, event, reason, actorId from csat_journal
        where workspaceId = ${workspaceId} and ticketId = ${ticketId} order by at, number`;
      return rows.map((row) => ({ ...row, at: new Date(row.at) }));
    },
    events(workspaceId, { dead, ...request }) {
      const select = sql`select * from csat_records
        where kind = 'event' and workspaceId = ${workspaceId} and ${dead ? sql`dead` : sql`true`}`;
      const toItem = (row: HeadRow & { readonly createdAt: number }) => toHead(row);
      return page(run, { select, at: "createdAt", id: "id", order: "desc", toItem, ...request });
    },
    failed({ workspaceId, since, reasons, ...request }) {
      const select = sql`select id, failedAt from csat_records
        where kind = 'ticket' and workspaceId = ${workspaceId} and failedAt >= ${since?.getTime() ?? 0}
          and reason in (select value from json_each(${JSON.stringify(reasons)}))`;
      const toItem = ({ id }: { readonly id: string; readonly failedAt: number }) => ({
        workspaceId,
        ticketId: id,
      });
      return page(run, { select, at: "failedAt", id: "id", order: "asc", toItem, ...request });
    },
  };
}

/** A list to take a page of. `at` and `id` are columns of `select` that name one of its rows together. */
interface Listed<Row, Item> extends PageRequest {
  readonly select: SQL;
  readonly at: keyof Row & string;
  readonly id: keyof Row & string;
  readonly order: "asc" | "desc";
  toItem(row: Row): Item;
}

/** One page. A cursor names the last row that was seen, so rows that come or go meanwhile neither repeat nor hide others. */
async function page<Row extends object, Item>(run: Run, listed: Listed<Row, Item>): Promise<Page<Item>> {
  const { limit, cursor } = listed;
  const [at, id, order] = [listed.at, listed.id, listed.order].map((word) => sql.raw(word));
  const behind = sql.raw(listed.order === "asc" ? ">" : "<");
  const isBehind = cursor === null ? sql`true` : sql`(${at}, ${id}) ${behind} ${placeOf(cursor)}`;
  const rows = await run<Row>`select * from (${listed.select})
    where ${isBehind} order by ${at} ${order}, ${id} ${order} limit ${limit + 1}`;
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const isMore = rows.length > limit && last !== undefined;
  const nextCursor = isMore ? `${last[listed.at]}~${last[listed.id]}` : null;
  return { items: shown.map(listed.toItem), nextCursor };
}

function placeOf(cursor: string): SQL {
  const [, at, id] = /^(-?\d{1,15})~(.*)$/s.exec(cursor) ?? [];
  if (at !== undefined) return sql`(${Number(at)}, ${id})`;
  const message = "must be the nextCursor of an earlier page, unchanged";
  throw new CsatError("invalid_input", `The cursor ${message}; null is the first page.`, {
    issues: [{ path: "cursor", message }],
  });
}
