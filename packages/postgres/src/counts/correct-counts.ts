const counters = ["sent", "answered", "rating_1", "rating_2", "rating_3", "rating_4", "rating_5"];

/**
 * A statement that appends what the counts of the whole lack, for every workspace or the one that the condition names, and returns
 * the days that were off with their sends and responses: as counted, and as they are. Exact while others write: a
 * writer's rows and deltas are committed together, so in the one snapshot of this statement only the error differs.
 * Not to be run twice at once.
 */
export function correctCounts(schema: string, ofWorkspace = "true"): string {
  const none = (names: readonly string[]) => names.map((name) => `0 as ${name}`).join(", ");
  const ratings = counters.slice(2);
  return `with counted as (
  select workspace_id, day, actor_id, ${summed()} from (
    select workspace_id, day, actor_id, ${counters.join(", ")} from ${schema}.daily_counts where part = '' and ${ofWorkspace}
    union all
    select workspace_id, day, actor_id, ${counters.join(", ")} from ${schema}.count_deltas where '' = any (parts) and ${ofWorkspace}
  ) as kept group by workspace_id, day, actor_id
), actual as (
  select workspace_id, day, actor_id, ${summed()} from (
    select t.workspace_id, (t.sent_at at time zone 'UTC')::date as day, coalesce(t.resolved_by, '') as actor_id,
      count(*) as sent, count(a.rating) as answered, ${none(ratings)}
    from (select * from ${schema}.tickets where sent_at is not null and ${ofWorkspace}) t
      left join ${schema}.answers a on a.workspace_id = t.workspace_id and a.ticket_id = t.id and not a.excluded group by 1, 2, 3
    union all
    select workspace_id, (responded_at at time zone 'UTC')::date, resolved_by, ${none(["sent", "answered"])},
      ${ratings.map((_, index) => `count(*) filter (where rating = ${index + 1})`).join(", ")}
    from ${schema}.answers where not excluded and ${ofWorkspace} group by 1, 2, 3
  ) as told group by workspace_id, day, actor_id
), compared as materialized (
  select workspace_id, day, actor_id,
    ${counters.map((name) => `coalesce(actual.${name}, 0) - coalesce(counted.${name}, 0) as ${name}`).join(",\n    ")},
    coalesce(${total("counted")}, 0) as was, coalesce(${total("actual")}, 0) as is_now
  from counted full join actual using (workspace_id, day, actor_id)
), corrected as (
  insert into ${schema}.count_deltas (workspace_id, day, actor_id, ${counters.join(", ")})
  select workspace_id, day, actor_id, ${counters.join(", ")} from compared where ${isOff()}
)
select to_char(day, 'YYYY-MM-DD') as day, sum(was)::float8 as was, sum(is_now)::float8 as is_now
from compared group by workspace_id, day having bool_or(${isOff()}) order by workspace_id, day`;
}

function summed(): string {
  return counters.map((name) => `sum(${name})::int as ${name}`).join(", ");
}

function total(relation: string): string {
  return counters
    .filter((name) => name !== "answered")
    .map((name) => `${relation}.${name}`)
    .join(" + ");
}

function isOff(): string {
  return `(${counters.join(", ")}) <> (${counters.map(() => "0").join(", ")})`;
}
