import type { EntryRow, ResponseRow, SurveyResponse } from "@csat/core";
import { type Lists, ofEntryRow, type Page, type PageRequest, pageOf, placeBehind } from "@csat/core";
import { type SQL, sql } from "drizzle-orm";
import { type HeadRow, toHead } from "./records.ts";
import type { Run } from "./sql.ts";

const response = sql`select workspaceId, id as ticketId, surveyId, rating, comment, respondedAt`;
const entry = sql`select workspaceId, ticketId, at, event, reason, actorId, eligibleAt`;

/** What is read without being decided on. */
export function sqliteLists(run: Run): Lists {
  return {
    async answer({ workspaceId, ticketId }) {
      const [answer] = await run<SurveyResponse>`${response} from csat_records
        where kind = 'ticket' and workspaceId = ${workspaceId} and id = ${ticketId} and rating is not null`;
      return answer ?? null;
    },
    answers({ workspaceId, window: { from, until }, rating = 0, maxRating = 5, resolvedBy, ...request }) {
      const select = sql`${response}, creditedTo as resolvedBy, sentAt, respondedAt as at, surveyId as place
        from csat_records where kind = 'ticket' and workspaceId = ${workspaceId} and rating <= ${maxRating}
          and respondedAt >= ${from} and respondedAt < ${until}
          and (rating = ${rating} or ${rating} = 0) and (${resolvedBy === undefined} or creditedTo is ${resolvedBy ?? null})`;
      const toItem = ({ at: _at, place: _place, ...row }: ResponseRow & Placed) => row;
      return page(run, { select, order: "desc", toItem, ...request });
    },
    async journal({ workspaceId, ticketId }) {
      const rows = await run<EntryRow>`${entry} from csat_journal
        where workspaceId = ${workspaceId} and ticketId = ${ticketId} order by at, number`;
      return rows.map(ofEntryRow);
    },
    history({ workspaceId, window: { from, until }, ...request }) {
      const select = sql`${entry}, facts, number as place from csat_journal
        where workspaceId = ${workspaceId} and at >= ${from} and at < ${until}`;
      const toItem = (row: EntryRow & Placed) => ofEntryRow(row);
      return page(run, { select, order: "asc", isId: isWhole, toItem, ...request });
    },
    events(workspaceId, { dead, ...request }) {
      const select = sql`select *, createdAt as at, id as place from csat_records
        where kind = 'event' and workspaceId = ${workspaceId} and ${dead ? sql`dead` : sql`true`}`;
      return page(run, { select, order: "desc", toItem: (row: HeadRow & Placed) => toHead(row), ...request });
    },
    failed({ workspaceId, since, reasons, ...request }) {
      const select = sql`select failedAt as at, id as place from csat_records
        where kind = 'ticket' and workspaceId = ${workspaceId} and failedAt >= ${since ?? 0}
          and reason in (select value from json_each(${JSON.stringify(reasons)}))`;
      const toItem = ({ place }: Placed) => ({ workspaceId, ticketId: place });
      return page(run, { select, order: "asc", toItem, ...request });
    },
  };
}

type Placed = { readonly at: Date; readonly place: string };
const isWhole = (text: string) => /^-?\d{1,15}$/.test(text);

async function page<Row extends Placed, Item>(
  run: Run,
  listed: PageRequest & { select: SQL; order: "asc" | "desc"; isId?: typeof isWhole; toItem(row: Row): Item },
): Promise<Page<Item>> {
  const { select, limit, cursor, toItem } = listed;
  const [order, behind] = listed.order === "asc" ? [sql`asc`, sql`>`] : [sql`desc`, sql`<`];
  const last = placeBehind(cursor, isWhole, listed.isId);
  const isBehind = last === null ? sql`true` : sql`(at, place) ${behind} (${Number(last.at)}, ${last.id})`;
  const rows = await run<Row>`select * from (${select})
    where ${isBehind} order by at ${order}, place ${order} limit ${limit + 1}`;
  return pageOf({ rows, limit, placeOf: ({ at, place }) => ({ at: `${+at}`, id: `${place}` }), toItem });
}
