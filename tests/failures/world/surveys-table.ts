/** The surveys within the documents of tickets, as a table: `from ${surveysTable}`. */
export const surveysTable = `(
  select workspace_id, id as ticket_id, state -> 'survey' ->> 'id' as id, state -> 'survey' ->> 'status' as status,
    coalesce((state -> 'survey' ->> 'attempts')::int, 0) as attempts, state -> 'survey' ->> 'reason' as reason
  from csat.tickets where state -> 'survey' is not null
) as surveys`;
