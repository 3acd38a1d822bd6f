/**
 * Lists of low scores and of one resolver's responses, newest first, walk an index however rare they are. Answers wait
 * while the indexes are built, unless the host built them before, with `create index concurrently` behind step 2.
 */
export function responseLists(schema: string): readonly string[] {
  return [
    `create index if not exists responses_low_idx on ${schema}.responses (workspace_id, responded_at, survey_id) where rating <= 2`,
    `create index if not exists responses_resolver_idx on ${schema}.responses (workspace_id, resolved_by, responded_at, survey_id)`,
  ];
}
