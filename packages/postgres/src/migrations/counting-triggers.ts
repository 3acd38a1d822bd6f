/**
 * The functions and triggers that count, the same statements at every call: made again, they replace themselves.
 *
 * Triggers, so that whatever changes a row is counted in the same transaction: workers of the release before, a
 * late resolution, an erase, and SQL written by hand. They run with the rights of who made the tables: a role that
 * knew only the older tables goes on working.
 */
export function countingTriggers(schema: string): readonly string[] {
  return [
    procedure(
      `${schema}.count_survey`,
      `declare
  old_day date;
  new_day date;
  old_actor text;
  new_actor text;
begin
  if tg_op <> 'INSERT' and old.sent_at is not null and old.status <> 'erased' then
    old_day := (old.sent_at at time zone 'UTC')::date;
    old_actor := coalesce(old.resolved_by, '');
  end if;
  if tg_op <> 'DELETE' and new.sent_at is not null and new.status <> 'erased' then
    new_day := (new.sent_at at time zone 'UTC')::date;
    new_actor := coalesce(new.resolved_by, '');
  end if;
  if old_day = new_day and old_actor = new_actor then
    if (old.status = 'answered') <> (new.status = 'answered') then
      insert into ${schema}.count_deltas (workspace_id, day, actor_id, answered)
      values (new.workspace_id, new_day, new_actor, case when new.status = 'answered' then 1 else -1 end);
    end if;
    return null;
  end if;
  if old_day is not null then
    insert into ${schema}.count_deltas (workspace_id, day, actor_id, sent, answered)
    values (old.workspace_id, old_day, old_actor, -1, -(old.status = 'answered')::int);
  end if;
  if new_day is not null then
    insert into ${schema}.count_deltas (workspace_id, day, actor_id, sent, answered)
    values (new.workspace_id, new_day, new_actor, 1, (new.status = 'answered')::int);
  end if;
  return null;
end`,
    ),
    procedure(
      `${schema}.count_response`,
      `begin
  if tg_op <> 'INSERT' then
    ${deltaOf({ schema, row: "old", sign: "-" })}
  end if;
  if tg_op <> 'DELETE' then
    ${deltaOf({ schema, row: "new", sign: "" })}
  end if;
  return null;
end`,
    ),
    procedure(
      `${schema}.attribute_response`,
      `begin
  new.resolved_by := coalesce((
    select s.resolved_by from ${schema}.surveys s where s.workspace_id = new.workspace_id and s.id = new.survey_id
  ), '');
  return new;
end`,
    ),
    procedure(
      `${schema}.move_response`,
      `begin
  update ${schema}.responses r set resolved_by = coalesce(new.resolved_by, '')
  where r.workspace_id = new.workspace_id and r.survey_id = new.id;
  return null;
end`,
    ),
    `create or replace trigger count_new_survey after insert on ${schema}.surveys
  for each row when (new.sent_at is not null) execute function ${schema}.count_survey()`,
    `create or replace trigger count_survey after update on ${schema}.surveys
  for each row when (old.sent_at is distinct from new.sent_at or new.sent_at is not null
    and (old.status <> new.status or old.resolved_by is distinct from new.resolved_by))
  execute function ${schema}.count_survey()`,
    `create or replace trigger count_gone_survey after delete on ${schema}.surveys
  for each row when (old.sent_at is not null) execute function ${schema}.count_survey()`,
    // An erase deletes the response in the statement that clears the resolver.
    `create or replace trigger move_response after update on ${schema}.surveys
  for each row when (old.resolved_by is distinct from new.resolved_by and new.status = 'answered')
  execute function ${schema}.move_response()`,
    `create or replace trigger attribute_response before insert on ${schema}.responses
  for each row when (new.resolved_by is null) execute function ${schema}.attribute_response()`,
    `create or replace trigger count_new_response after insert on ${schema}.responses
  for each row execute function ${schema}.count_response()`,
    // A response whose resolver is not filled in yet was not counted, and is not taken out either.
    `create or replace trigger count_response after update on ${schema}.responses
  for each row when (old.resolved_by is not null and (old.resolved_by <> new.resolved_by
    or old.rating <> new.rating or old.responded_at <> new.responded_at))
  execute function ${schema}.count_response()`,
    `create or replace trigger count_gone_response after delete on ${schema}.responses
  for each row when (old.resolved_by is not null) execute function ${schema}.count_response()`,
  ];
}

function procedure(name: string, body: string): string {
  return `create or replace function ${name}() returns trigger language plpgsql security definer
set search_path = pg_catalog, pg_temp as $body$
${body}
$body$`;
}

function deltaOf({
  schema,
  row,
  sign,
}: {
  readonly schema: string;
  readonly row: "old" | "new";
  readonly sign: "-" | "";
}): string {
  const ratings = [1, 2, 3, 4, 5];
  const columns = ratings.map((rating) => `rating_${rating}`).join(", ");
  const values = ratings.map((rating) => `${sign}(${row}.rating = ${rating})::int`).join(", ");
  return `insert into ${schema}.count_deltas (workspace_id, day, actor_id, ${columns})
    values (${row}.workspace_id, (${row}.responded_at at time zone 'UTC')::date, ${row}.resolved_by, ${values});`;
}
