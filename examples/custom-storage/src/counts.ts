import type { CorrectedDay, CountDelta, MetricsCounts, MetricsQuery } from "@csat/core";
import { sql } from "drizzle-orm";
import { isOneOf, type Run, rowsOf } from "./sql.ts";

const counted = ["workspaceId", "day", "resolvedBy", "figure"];

/** Adds to the counts. A figure is `sent`, `answered` or a rating; resolver '' is Unattributed, for a key holds no null. */
export async function count(
  run: Run,
  deltas: readonly (CountDelta & { readonly workspaceId: string })[],
): Promise<void> {
  const values = deltas.flatMap(({ workspaceId, day, resolvedBy, sent, answered, ratings }) => {
    const [r1, r2, r3, r4, r5] = ratings;
    const figures = Object.entries({ sent, answered, 1: r1, 2: r2, 3: r3, 4: r4, 5: r5 });
    return figures.map(([figure, count]) => ({
      workspaceId,
      day,
      resolvedBy: resolvedBy ?? "",
      figure,
      count,
    }));
  });
  await run`insert into csat_counts ${rowsOf([...counted, "count"], values)}
    on conflict do update set count = count + excluded.count`;
  // What was counted and taken back leaves nothing, nor the name of an operator.
  await run`delete from csat_counts where count = 0 and ${isOneOf(counted, values)}`;
}

/** The counts of both windows, of one moment. */
export async function counts(run: Run, query: MetricsQuery): Promise<MetricsCounts> {
  const { workspaceId, current, previous, resolvedBy } = query;
  const within = ({ from, until }: MetricsQuery["current"]) =>
    sql`(day >= ${from.toISOString().slice(0, 10)} and day < ${until.toISOString().slice(0, 10)})`;
  const isAsked = resolvedBy === undefined ? sql`true` : sql`resolvedBy = ${resolvedBy ?? ""}`;
  const [row] = await run<{ readonly counts: string }>`
    with asked as (
      select day, nullif(resolvedBy, '') as actorId, figure, cast(figure as integer) as rating, count,
        ${within(current)} as isCurrent from csat_counts
      where workspaceId = ${workspaceId} and ${isAsked} and (${within(current)} or ${within(previous)})
    ), sent as (
      select day, sum(count) as count from asked where figure = 'sent' group by 1 having sum(count) <> 0 order by 1
    ), ratings as (
      select day, rating, sum(count) as count from asked where rating > 0 group by 1, 2 having sum(count) <> 0 order by 1, 2
    ), resolvers as (
      select actorId, rating, sum(count) as count from asked where rating > 0 and isCurrent
      group by 1, 2 having sum(count) <> 0 order by actorId is null, 1, 2
    ) select json_object(
      'sent', (select json_group_array(json_object('day', day, 'count', count)) from sent),
      'ratings', (select json_group_array(json_object('day', day, 'rating', rating, 'count', count)) from ratings),
      'resolvers', (select json_group_array(json_object('actorId', actorId, 'rating', rating, 'count', count)) from resolvers),
      'cohortAnswered', (select coalesce(sum(count), 0) from asked where figure = 'answered' and isCurrent)
    ) as counts`;
  // The statement makes what the port names.
  return JSON.parse(row?.counts ?? "") as MetricsCounts;
}

/** Rebuilds the counts of a workspace from its records. */
export async function recount(run: Run, workspaceId: string): Promise<readonly CorrectedDay[]> {
  const dayOf = (column: string) => sql.raw(`strftime('%Y-%m-%d', ${column} / 1000, 'unixepoch')`);
  const sent = sql`select ${dayOf("sentAt")} as day, coalesce(resolvedBy, '') as resolvedBy`;
  const tickets = sql`from csat_records where kind = 'ticket' and workspaceId = ${workspaceId}`;
  const actual = sql`select day, resolvedBy, figure, count(*) as count from (
      ${sent}, 'sent' as figure ${tickets} and sentAt is not null
      union all ${sent}, 'answered' ${tickets} and sentAt is not null and rating is not null
      union all select ${dayOf("respondedAt")}, coalesce(creditedTo, ''), cast(rating as text) ${tickets} and rating is not null
    ) group by 1, 2, 3`;
  const shown = sql`filter (where figure <> 'answered')`;
  const off = await run<CorrectedDay>`
    select day, coalesce(sum(was) ${shown}, 0) as was, coalesce(sum(now) ${shown}, 0) as "is" from (
      select day, figure, sum(was) as was, sum(now) as now from (
        select day, resolvedBy, figure, count as was, 0 as now from csat_counts where workspaceId = ${workspaceId}
        union all select day, resolvedBy, figure, 0, count from (${actual})
      ) group by day, resolvedBy, figure
    ) group by day having max(was <> now) order by day`;
  await run`delete from csat_counts where workspaceId = ${workspaceId}`;
  await run`insert into csat_counts select ${workspaceId}, * from (${actual})`;
  return off;
}
