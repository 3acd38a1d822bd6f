const none = (columns: number) => Array.from({ length: columns }, () => "0").join(", ");

/** Every count of the whole, folded and appended, beside the rows it counts, as plain sums of ones; finds those that differ. */
export const countsThatAreOff = `select workspace_id, day, actor_id, sum(sent), sum(answered), sum(r1), sum(r2), sum(r3), sum(r4), sum(r5)
from (
  select workspace_id, day, actor_id, sent, answered, rating_1 as r1, rating_2 as r2, rating_3 as r3, rating_4 as r4,
    rating_5 as r5 from csat.daily_counts where part = ''
  union all
  select workspace_id, day, actor_id, sent, answered, rating_1, rating_2, rating_3, rating_4, rating_5 from csat.count_deltas
  where '' = any (parts)
  union all
  select workspace_id, (sent_at at time zone 'UTC')::date, coalesce(resolved_by, ''), -1,
    case when exists (select 1 from csat.answers a where a.workspace_id = t.workspace_id and a.ticket_id = t.id)
      then -1 else 0 end, ${none(5)}
  from csat.tickets t where sent_at is not null
  union all
  select r.workspace_id, (r.responded_at at time zone 'UTC')::date, r.resolved_by, ${none(2)},
    -(r.rating = 1)::int, -(r.rating = 2)::int, -(r.rating = 3)::int, -(r.rating = 4)::int, -(r.rating = 5)::int
  from csat.answers r
) as one group by 1, 2, 3
having (sum(sent), sum(answered), sum(r1), sum(r2), sum(r3), sum(r4), sum(r5)) <> (0, 0, 0, 0, 0, 0, 0)
union all
select workspace_id, day, 'total', sum(sent), sum(answered), sum(r1), sum(r2), sum(r3), sum(r4), sum(r5)
from (
  select workspace_id, day, sent, answered, rating_1 as r1, rating_2 as r2, rating_3 as r3, rating_4 as r4, rating_5 as r5
  from csat.daily_counts where part = ''
  union all
  select workspace_id, day, -sent, -answered, -rating_1, -rating_2, -rating_3, -rating_4, -rating_5 from csat.daily_totals
  where part = ''
) as one group by 1, 2
having (sum(sent), sum(answered), sum(r1), sum(r2), sum(r3), sum(r4), sum(r5)) <> (0, 0, 0, 0, 0, 0, 0)`;
