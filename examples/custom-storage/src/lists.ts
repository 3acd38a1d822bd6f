import type { JournalEntry, ResponseRow, SurveyResponse } from "@csat/core";
import { type Lists, type Page, type PageRequest, pageOf, placeBehind } from "@csat/core";
import { type SQL, sql } from "drizzle-orm";
import { type HeadRow, toHead } from "./records.ts";
import type { Run } from "./sql.ts";

const response = sql`select workspaceId, id as ticketId, surveyId, rating, comment, respondedAt`;

/** What is read without being decided on. */
export function sqliteLists(run: Run): Lists {
  return {
    async answer({ workspaceId, ticketId }) {
      const [answer] = await run<SurveyResponse>`${response} from csat_records
        where kind = 'ticket' and workspaceId = ${workspaceId} and id = ${ticketId} and rating is not null`;
      return answer ?? null;
    },
    answers({ workspaceId, window: { from, until }, rating, maxRating = 5, resolvedBy, ...request }) {
      const select = sql`${response}, creditedTo as resolvedBy, sentAt, respondedAt as at, surveyId as place
        from csat_records where kind = 'ticket' and workspaceId = ${workspaceId} and rating <= ${maxRating}
          and respondedAt >= ${from} and respondedAt < ${until}
          and ${rating === undefined ? sql`true` : sql`rating = ${rating}`}
          and ${resolvedBy === undefined ? sql`true` : sql`creditedTo is ${resolvedBy}`}`;
      const toItem = ({ at: _at, place: _place, ...row }: ResponseRow & Placed) => row;
      return page(run, { select, order: "desc", toItem, ...request });
    },
    journal({ workspaceId, ticketId }) {
      return run<JournalEntry>`select workspaceId, ticketId, at, event, reason, actorId from csat_journal
        where workspaceId = ${workspaceId} and ticketId = ${ticketId} order by at, number`;
    },
    async history() {
      throw new Error("not written yet");
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

async function page<Row extends Placed, Item>(
  run: Run,
  listed: PageRequest & { readonly select: SQL; readonly order: "asc" | "desc"; toItem(row: Row): Item },
): Promise<Page<Item>> {
  const { select, limit, cursor, toItem } = listed;
  const [order, behind] = listed.order === "asc" ? [sql`asc`, sql`>`] : [sql`desc`, sql`<`];
  const last = placeBehind(cursor, (text) => /^-?\d{1,15}$/.test(text));
  const isBehind = last === null ? sql`true` : sql`(at, place) ${behind} (${Number(last.at)}, ${last.id})`;
  const rows = await run<Row>`select * from (${select})
    where ${isBehind} order by at ${order}, place ${order} limit ${limit + 1}`;
  return pageOf({ rows, limit, placeOf: ({ at, place }) => ({ at: `${at.getTime()}`, id: place }), toItem });
}
