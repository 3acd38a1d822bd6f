import type { CorrectedDay, CountRow, DateWindow, MetricsCounts, MetricsQuery } from "@csat/core";
import { correctedDays, metricsCounts, ofCountRow, utcDay } from "@csat/core";
import { sql } from "drizzle-orm";
import { type Run, rowsOf, tableOf } from "./sql.ts";

const key = ["workspaceId", "day", "resolvedBy"];
const figures = ["sent", "answered", "r1", "r2", "r3", "r4", "r5"];

/** Adds to the counts. */
export async function count(run: Run, rows: readonly (CountRow & { readonly workspaceId: string })[]) {
  const added = sql.raw(figures.map((figure) => `${figure} = ${figure} + excluded.${figure}`).join(", "));
  await run`insert into csat_counts ${rowsOf([...key, ...figures], rows)} on conflict do update set ${added}`;
  // What was counted and taken back leaves nothing, nor the name of an operator.
  await run`delete from csat_counts where not (sent or answered or r1 or r2 or r3 or r4 or r5)
    and (workspaceId, day, resolvedBy) in ${tableOf(key, rows)}`;
}

/** The counts of both windows, of one moment. */
export async function counts(run: Run, query: MetricsQuery): Promise<MetricsCounts> {
  const { workspaceId, current, previous, resolvedBy } = query;
  const isIn = ({ from, until }: DateWindow) => sql`(day >= ${utcDay(from)} and day < ${utcDay(until)})`;
  const isAsked = resolvedBy === undefined ? sql`true` : sql`resolvedBy = ${resolvedBy ?? ""}`;
  const rows = await run<CountRow & { readonly isCurrent: number }>`select *, ${isIn(current)} as isCurrent
    from csat_counts where workspaceId = ${workspaceId} and ${isAsked} and (${isIn(current)} or ${isIn(previous)})`;
  const ofCurrent = rows.filter(({ isCurrent }) => isCurrent === 1);
  return metricsCounts({ days: rows.map(ofCountRow), resolvers: ofCurrent.map(ofCountRow) });
}

/** Rebuilds the counts of a workspace from its records. */
export async function recount(run: Run, workspaceId: string): Promise<readonly CorrectedDay[]> {
  const stored = () => run<CountRow>`select * from csat_counts where workspaceId = ${workspaceId}`;
  const was = await stored();
  await run`delete from csat_counts where workspaceId = ${workspaceId}`;
  const dayOf = (time: string) => sql.raw(`strftime('%Y-%m-%d', ${time} / 1000, 'unixepoch')`);
  const tickets = sql`from csat_records where kind = 'ticket' and workspaceId = ${workspaceId}`;
  await run`insert into csat_counts select ${workspaceId}, day, coalesce(actorId, ''), sum(isSend), sum(isAnswered),
      sum(rated = 1), sum(rated = 2), sum(rated = 3), sum(rated = 4), sum(rated = 5) from (
      select ${dayOf("sentAt")} as day, resolvedBy as actorId, 1 as isSend, rating is not null as isAnswered, 0 as rated
        ${tickets} and sentAt is not null
      union all select ${dayOf("respondedAt")}, creditedTo, 0, 0, rating ${tickets} and rating is not null
    ) group by 1, 2, 3`;
  return correctedDays(was.map(ofCountRow), (await stored()).map(ofCountRow));
}
