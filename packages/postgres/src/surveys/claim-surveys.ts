import type { Claimed, ClaimRequest, Survey } from "@csat/core";
import { sql } from "drizzle-orm";
import { claimDue, type Queue } from "../claim-due.ts";
import { flag, text } from "../row.ts";
import type { Session } from "../session.ts";
import type { TableNames } from "../table-names.ts";
import { surveyColumns, toSurvey } from "./survey-row.ts";

/** Leases due surveys and sets them to `sending`. */
export async function claimSurveys(
  session: Session,
  { tables, claim }: { readonly tables: TableNames; readonly claim: ClaimRequest },
): Promise<readonly Claimed<Survey>[]> {
  const rows = await claimDue(session, { queue: surveyQueue(tables, claim.now), claim });
  return rows.map((row) => ({
    row: toSurvey(row),
    leaseId: text(row, "lease_id"),
    resumed: flag(row, "resumed"),
  }));
}

function surveyQueue(tables: TableNames, now: Date): Queue {
  return {
    doing: "claiming due surveys",
    due: tables.due_surveys,
    key: sql`survey_id`,
    order: sql`d.wake_at, d.survey_id`,
    target: tables.surveys,
    // A status that a newer release wrote is none of ours to send.
    claimable: sql`s.status in ('scheduled', 'sending')`,
    // A resolution remembered before the claim is no news to the fresh check that follows.
    take: sql`update ${tables.surveys} s set status = 'sending', begun = false, last_lease_id = leased.lease_id,
    claimed_at = ${now.toISOString()}::timestamptz,
    pending_resolved_at = case when s.status = 'sending' then s.pending_resolved_at end,
    pending_due_at = case when s.status = 'sending' then s.pending_due_at end
  from leased where s.workspace_id = leased.workspace_id and s.id = leased.id
  returning s.*, leased.lease_id, leased.resumed, leased.rank, leased.wake_at`,
    columns: surveyColumns,
  };
}
