/** Lists of low scores and of one resolver's responses, newest first, walk an index however rare they are. */
export function responseLists(schema: string): readonly string[] {
  return [
    `create index responses_low_idx on ${schema}.responses (workspace_id, responded_at, survey_id) where rating <= 2`,
    `create index responses_resolver_idx on ${schema}.responses (workspace_id, resolved_by, responded_at, survey_id)`,
  ];
}
