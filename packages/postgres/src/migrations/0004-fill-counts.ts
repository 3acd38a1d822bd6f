import { attributeResponses } from "../counts/attribute-responses.ts";
import { correctCounts } from "../counts/correct-counts.ts";

/**
 * Counts what was there before the triggers, which count since the step before was committed. Whatever is written
 * meanwhile is counted as well, and nobody waits but a late resolution of a response that is just being filled.
 */
export function fillCounts(schema: string): readonly string[] {
  return [
    `update ${schema}.responses r set resolved_by = coalesce(s.resolved_by, '')
from ${schema}.surveys s
where r.resolved_by is null and s.workspace_id = r.workspace_id and s.id = r.survey_id`,
    attributeResponses(schema),
    correctCounts(schema),
  ];
}
