import * as core from "@csat/core";
import { type SQL, sql } from "drizzle-orm";
import { type Run, rowsOf, tableOf } from "./sql.ts";

const key = ["workspaceId", "part", "day", "resolvedBy"];
const figures = ["sent", "answered", "r1", "r2", "r3", "r4", "r5", "notAsked"];
type TicketRow = Omit<core.ResponseRow, "rating"> & { rating: number | null; creditedTo: string | null };

/** Adds to the counts. */
export async function count(run: Run, rows: readonly (core.CountRow & { readonly workspaceId: string })[]) {
  const added = sql.raw(figures.map((figure) => `${figure} = ${figure} + excluded.${figure}`).join(", "));
  await run`insert into csat_counts ${rowsOf([...key, ...figures], rows)} on conflict do update set ${added}`;
  // What was counted and taken back leaves nothing, nor the name of an operator.
  await run`delete from csat_counts where not (${sql.raw(figures.join(" or "))})
    and (workspaceId, part, day, resolvedBy) in ${tableOf(key, rows)}`;
}

async function kept(run: Run, query: Pick<core.MetricsQuery, "workspaceId" | "resolvedBy">, isAsked: SQL) {
  const { workspaceId, resolvedBy } = query;
  const rows = await run<core.CountRow>`select * from csat_counts where workspaceId = ${workspaceId}
    and (${resolvedBy === undefined} or resolvedBy = ${resolvedBy ?? ""}) and ${isAsked}`;
  return rows.map(core.ofCountRow);
}

const isIn = ({ from, until }: core.DateWindow) =>
  sql`(day >= ${core.utcDay(from)} and day < ${core.utcDay(until)})`;

/** The counts of both windows, of one moment. */
export async function counts(run: Run, { current, previous, part = "", ...query }: core.MetricsQuery) {
  const days = await kept(run, query, sql`part = ${part} and (${isIn(current)} or ${isIn(previous)})`);
  const [from, until] = [core.utcDay(current.from), core.utcDay(current.until)];
  return core.metricsCounts({ days, resolvers: days.filter(({ day }) => from <= day && day < until) });
}

/** The counts of parts. */
export async function parts(run: Run, { prefix, window, ...query }: core.PartsQuery) {
  const isPart = sql`part > '' and part >= ${prefix} and instr(part, ${prefix}) = 1 and ${isIn(window)}`;
  return core.partCounts(await kept(run, query, isPart));
}

/** Rebuilds the counts of a workspace from its records. */
export async function recount(run: Run, workspaceId: string): Promise<readonly core.CorrectedDay[]> {
  const was = await kept(run, { workspaceId }, sql`part = ''`);
  const tickets = await run<TicketRow>`
    select * from csat_records where kind = 'ticket' and workspaceId = ${workspaceId}`;
  const is = tickets.flatMap(({ rating, respondedAt, creditedTo, excluded, ...ticket }) => {
    const answer = rating === null || excluded ? null : { rating, respondedAt, resolvedBy: creditedTo };
    return core.countsOfTicket({ ...ticket, answer });
  });
  const missing = core.missingCounts(was, is).map((delta) => ({ workspaceId, ...core.toCountRow(delta) }));
  await count(run, missing);
  return core.correctedDays(was, is);
}
