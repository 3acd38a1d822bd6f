/**
 * A statement that gives each response its survey's resolver where it has another one: it was written while no
 * trigger was there. Such surveys are locked first, so that a late resolution comes before or after.
 */
export function attributeResponses(schema: string, ofWorkspace = "true"): string {
  return `with wrong as materialized (
  select s.workspace_id, s.id, coalesce(s.resolved_by, '') as resolved_by
  from (select * from ${schema}.responses where ${ofWorkspace}) as r
    join ${schema}.surveys s on s.workspace_id = r.workspace_id and s.id = r.survey_id
  where r.resolved_by is distinct from coalesce(s.resolved_by, '')
  for update of s
)
update ${schema}.responses r set resolved_by = wrong.resolved_by from wrong
where r.workspace_id = wrong.workspace_id and r.survey_id = wrong.id
  and r.resolved_by is distinct from wrong.resolved_by`;
}
