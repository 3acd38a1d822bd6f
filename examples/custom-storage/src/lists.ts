import * as core from "@csat/core";
import { sql } from "drizzle-orm";
import { toHead } from "./records.ts";
import type { Run } from "./sql.ts";

const response = sql`select workspaceId, id as ticketId, surveyId, rating, comment, respondedAt`;
const entry = sql`select workspaceId, ticketId, at, event, reason, actorId, eligibleAt, facts`;

/** What is read without being decided on. */
export function sqliteLists(run: Run): core.Lists {
  const [oldestFirst, newestFirst] = [pages(run, "asc"), pages(run, "desc")];
  return {
    async answer({ workspaceId, ticketId }) {
      const [answer] = await run<core.SurveyResponse>`${response} from csat_records
        where kind = 'ticket' and workspaceId = ${workspaceId} and id = ${ticketId} and rating is not null`;
      return answer ?? null;
    },
    answers: ({ workspaceId, window, rating = 0, maxRating = 5, resolvedBy, slice, ...request }) =>
      newestFirst(request, toResponseRow)`
        ${response}, creditedTo as resolvedBy, sentAt, excluded, slices, respondedAt as placedAt, surveyId as place
        from csat_records where kind = 'ticket' and workspaceId = ${workspaceId} and rating <= ${maxRating}
          and respondedAt >= ${window.from} and respondedAt < ${window.until} and (rating = ${rating} or ${rating} = 0)
          and (${resolvedBy === undefined} or creditedTo is ${resolvedBy ?? null})
          and (${request.withExcluded ?? false} or excluded is not true)
          and (${slice === undefined} or ${slice ?? ""} in (select value from json_each(slices)))`,
    async journal({ workspaceId, ticketId }) {
      const rows = await run<core.EntryRow>`${entry} from csat_journal
        where workspaceId = ${workspaceId} and ticketId = ${ticketId} order by at, number`;
      return rows.map(core.ofEntryRow);
    },
    history: ({ workspaceId, window: { from, until }, ...request }) =>
      oldestFirst(request, core.ofEntryRow, isWhole)`
        ${entry}, at as placedAt, number as place from csat_journal
        where workspaceId = ${workspaceId} and at >= ${from} and at < ${until}`,
    events: (workspaceId, { dead, ticketId, ...request }) =>
      newestFirst(request, toHead)`select *, createdAt as placedAt, id as place from csat_records
        where kind = 'event' and workspaceId = ${workspaceId} and ${dead ? sql`dead` : sql`true`}
          and ticketId is ${ticketId ?? sql`ticketId`}`,
    failed: ({ workspaceId, since, reasons, ...request }) =>
      oldestFirst(request, toTicketRef)`select workspaceId, id as ticketId, failedAt as placedAt, id as place
        from csat_records where kind = 'ticket' and workspaceId = ${workspaceId} and failedAt >= ${since ?? 0}
          and reason in (select value from json_each(${JSON.stringify(reasons)}))`,
    ticketsOf: (workspaceId, { customer, ...request }) =>
      oldestFirst(request, toTicketRef)`select *, 0 as placedAt, ticketId as place from csat_customer_tickets
        where workspaceId = ${workspaceId} and customer = ${customer}`,
    suppressed: (workspaceId, request) =>
      newestFirst(request, toHead)`select *, suppressedAt as placedAt, id as place from csat_records
        where kind = 'customer' and workspaceId = ${workspaceId} and suppressedAt is not null`,
  };
}

type Placed = { readonly placedAt: Date; readonly place: string };
type AnswerRow = Placed & Omit<core.ResponseRow, "slices"> & { readonly slices: string | null };
const isWhole = (text: string) => /^-?\d{1,15}$/.test(text);
const toTicketRef = ({ workspaceId, ticketId }: core.TicketRef) => ({ workspaceId, ticketId });

function toResponseRow({ placedAt: _at, place: _id, excluded, slices, ...row }: AnswerRow): core.ResponseRow {
  return { ...row, excluded: Boolean(excluded), slices: JSON.parse(slices ?? "[]") as string[] }; // As put.
}

/** Pages of what a template selects: `placedAt` and `place` are where a row stands among the others. */
function pages(run: Run, order: "asc" | "desc") {
  const [inOrder, behind] = [sql.raw(order), sql.raw(order === "asc" ? ">" : "<")];
  return <Row, Item>(request: core.PageRequest, toItem: (row: Row) => Item, isId?: typeof isWhole) =>
    async (text: TemplateStringsArray, ...values: readonly unknown[]): Promise<core.Page<Item>> => {
      const { limit, cursor } = request;
      const last = core.placeBehind(cursor, isWhole, isId);
      const isBehind = last && sql`where (placedAt, place) ${behind} (${Number(last.at)}, ${last.id})`;
      const rows = await run<Row & Placed>`select * from (${sql(text, ...values)}) ${isBehind ?? sql``}
        order by placedAt ${inOrder}, place ${inOrder} limit ${limit + 1}`;
      const placeOf = ({ placedAt, place }: Placed) => ({ at: `${+placedAt}`, id: `${place}` });
      return core.pageOf({ rows, limit, placeOf, toItem });
    };
}
