const counters = ["sent", "answered", "rating_1", "rating_2", "rating_3", "rating_4", "rating_5"];

/**
 * A statement that gives each day of the workspace's whole the totals that its resolvers' counts come to, and returns the days
 * that had others, as `correctCounts` does. To be run while nobody folds, and before what is off is corrected.
 */
export function correctTotals(schema: string, ofWorkspace: string): string {
  const summed = counters.map((name) => `sum(${name})::int as ${name}`).join(", ");
  const sendsAndResponses = (relation: string) =>
    counters
      .filter((name) => name !== "answered")
      .map((name) => `coalesce(${relation}.${name}, 0)`)
      .join(" + ");
  return `with counted as (
  select workspace_id, day, ${summed} from ${schema}.daily_counts where part = '' and ${ofWorkspace} group by workspace_id, day
), unfolded as (
  select workspace_id, day, ${summed} from ${schema}.count_deltas where '' = any (parts) and ${ofWorkspace} group by workspace_id, day
), kept as (
  select * from ${schema}.daily_totals where part = '' and ${ofWorkspace}
), compared as materialized (
  select workspace_id, day, ${counters.map((name) => `coalesce(counted.${name}, 0) as ${name}`).join(", ")},
    ${sendsAndResponses("kept")} + ${sendsAndResponses("unfolded")} as was,
    ${sendsAndResponses("counted")} + ${sendsAndResponses("unfolded")} as is_now
  from counted full join kept using (workspace_id, day) left join unfolded using (workspace_id, day)
  where (${counters.map((name) => `coalesce(counted.${name}, 0)`).join(", ")})
    <> (${counters.map((name) => `coalesce(kept.${name}, 0)`).join(", ")})
), corrected as (
  insert into ${schema}.daily_totals (workspace_id, day, ${counters.join(", ")})
  select workspace_id, day, ${counters.join(", ")} from compared order by workspace_id, day
  on conflict (workspace_id, part, day)
  do update set ${counters.map((name) => `${name} = excluded.${name}`).join(", ")}
)
select to_char(day, 'YYYY-MM-DD') as day, was::float8 as was, is_now::float8 as is_now from compared`;
}
