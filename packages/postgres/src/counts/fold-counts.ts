import { sql } from "drizzle-orm";
import { type Executor, rowsFrom } from "../executor.ts";
import { number, text } from "../row.ts";
import type { TableNames } from "../table-names.ts";
import { foldLock } from "./fold-lock.ts";

// A delta counts in up to some fifty parts.
const deltasPerStatement = 2000;
// What is appended while we fold is for the next call, or this one might never end.
const statementsPerCall = 200;

/**
 * Moves appended counts into their days. Any number of processes may call it at any time: one of them works, the others
 * return at once. A reader sees each count on one side or the other, never on both and never on none.
 */
export async function foldCounts(
  executor: Executor,
  {
    schema,
    tables,
    signal,
  }: { readonly schema: string; readonly tables: TableNames; readonly signal: AbortSignal },
): Promise<void> {
  for (let statements = 0; statements < statementsPerCall; statements++) {
    if (signal.aborted) return;
    const [row] = await rowsFrom(executor, "folding counts", foldStatement(schema, tables));
    if (row === undefined) return;
    const emptied = text(row, "emptied");
    if (emptied !== "[]") await rowsFrom(executor, "removing counts of nothing", removal(tables, emptied));
    if (number(row, "folded") < deltasPerStatement) return;
  }
}

// What was counted and taken back leaves no row, nor the name of an operator in it.
const unlessNothingRemains = sql`having (sum(sent), sum(answered), sum(rating_1), sum(rating_2), sum(rating_3), sum(rating_4), sum(rating_5), sum(not_asked))
    <> (0, 0, 0, 0, 0, 0, 0, 0)`;

const isNothing = sql.raw(
  "(c.sent, c.answered, c.rating_1, c.rating_2, c.rating_3, c.rating_4, c.rating_5, c.not_asked) = (0, 0, 0, 0, 0, 0, 0, 0)",
);

/** What was folded before it was taken back came to nothing now: its rows go, and the names of an operator and a part with them. */
function removal(tables: TableNames, emptied: string) {
  return sql`with x as materialized (
  select * from json_to_recordset(${emptied}::text::json) as x(w text collate "C", p text collate "C", d date, a text collate "C")
), totals as (
  delete from ${tables.daily_totals} c using x where c.workspace_id = x.w and c.part = x.p and c.day = x.d and ${isNothing}
)
delete from ${tables.daily_counts} c using x
where c.workspace_id = x.w and c.part = x.p and c.day = x.d and c.actor_id = x.a and ${isNothing}`;
}

/** One statement is one transaction. The lock keeps two folds from waiting for each other's days. */
function foldStatement(schema: string, tables: TableNames) {
  return sql`with mine as materialized (
  select pg_try_advisory_xact_lock(${foldLock(schema)}) as locked
), batch as materialized (
  select workspace_id, day, entry_number from ${tables.count_deltas}
  where (select locked from mine)
  order by workspace_id, day, entry_number limit ${deltasPerStatement}::int
), taken as (
  delete from ${tables.count_deltas} d using batch
  where d.workspace_id = batch.workspace_id and d.day = batch.day and d.entry_number = batch.entry_number
  returning d.*
), counted as materialized (
  select t.*, part from taken t, unnest(t.parts) as part
), folded as (
  insert into ${tables.daily_counts} as c
    (workspace_id, part, day, actor_id, sent, answered, rating_1, rating_2, rating_3, rating_4, rating_5, not_asked)
  select workspace_id, part, day, actor_id, sum(sent), sum(answered),
    sum(rating_1), sum(rating_2), sum(rating_3), sum(rating_4), sum(rating_5), sum(not_asked)
  from counted group by workspace_id, part, day, actor_id ${unlessNothingRemains} order by workspace_id, part, day, actor_id
  on conflict (workspace_id, part, day, actor_id) do update set
    sent = c.sent + excluded.sent, answered = c.answered + excluded.answered,
    rating_1 = c.rating_1 + excluded.rating_1, rating_2 = c.rating_2 + excluded.rating_2,
    rating_3 = c.rating_3 + excluded.rating_3, rating_4 = c.rating_4 + excluded.rating_4,
    rating_5 = c.rating_5 + excluded.rating_5, not_asked = c.not_asked + excluded.not_asked
  returning c.workspace_id, c.part, c.day, c.actor_id, ${isNothing} as is_nothing
), totaled as (
  insert into ${tables.daily_totals} as c
    (workspace_id, part, day, sent, answered, rating_1, rating_2, rating_3, rating_4, rating_5, not_asked)
  select workspace_id, part, day, sum(sent), sum(answered),
    sum(rating_1), sum(rating_2), sum(rating_3), sum(rating_4), sum(rating_5), sum(not_asked)
  from counted group by workspace_id, part, day ${unlessNothingRemains} order by workspace_id, part, day
  on conflict (workspace_id, part, day) do update set
    sent = c.sent + excluded.sent, answered = c.answered + excluded.answered,
    rating_1 = c.rating_1 + excluded.rating_1, rating_2 = c.rating_2 + excluded.rating_2,
    rating_3 = c.rating_3 + excluded.rating_3, rating_4 = c.rating_4 + excluded.rating_4,
    rating_5 = c.rating_5 + excluded.rating_5, not_asked = c.not_asked + excluded.not_asked
)
select count(*)::int as folded, (
  select coalesce(json_agg(json_build_object('w', workspace_id, 'p', part, 'd', day, 'a', actor_id)), '[]')::text
  from folded where is_nothing
) as emptied from taken`;
}
