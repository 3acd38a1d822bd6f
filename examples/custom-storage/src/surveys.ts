import type { PageFacts, Survey, SurveyStore, TicketRef } from "@csat/core";
import { and, eq, sql } from "drizzle-orm";
import type { Access } from "./access.ts";
import type { Rows } from "./open-sqlite.ts";
import { journal, responses, surveys, tokens } from "./schema.ts";
import { readSurveys, toSurvey } from "./survey-row.ts";
import { arm } from "./surveys/arm.ts";
import { claimDue, release } from "./surveys/claim.ts";
import { erase } from "./surveys/erase.ts";
import { leave } from "./surveys/leave.ts";
import { beginSend, markFailed, markSent, markSkipped } from "./surveys/settle.ts";

/** The surveys, one per ticket for ever. */
export function surveyStore({ read, write }: Access): SurveyStore {
  return {
    arm: write(arm),
    leave: write(leave),
    find: read(find),
    findByToken: read(findByToken),
    claimDue: write(claimDue),
    release: write(release),
    beginSend: write(beginSend),
    markSent: write(markSent),
    markSkipped: write(markSkipped),
    markFailed: write(markFailed),
    retryFailed: write(retryFailed),
    erase: write(erase),
  };
}

async function find(rows: Rows, ref: TicketRef): Promise<Survey | null> {
  const survey = (await readSurveys(rows, [ref]))(ref);
  return survey === undefined ? null : toSurvey(survey);
}

async function findByToken(
  rows: Rows,
  tokenHash: string,
): Promise<{ readonly page: PageFacts; readonly respondedAt: Date | null } | null> {
  const [found] = await rows
    .select({ page: surveys.page, respondedAt: responses.respondedAt })
    .from(tokens)
    .innerJoin(
      surveys,
      and(eq(surveys.workspaceId, tokens.workspaceId), eq(surveys.ticketId, tokens.ticketId)),
    )
    .leftJoin(
      responses,
      and(eq(responses.workspaceId, tokens.workspaceId), eq(responses.ticketId, tokens.ticketId)),
    )
    .where(eq(tokens.tokenHash, tokenHash));
  // Erasing deletes the tokens, so what is found here is not erased; and with a token come the page's facts.
  if (found === undefined || found.page === null) return null;
  return { page: found.page, respondedAt: found.respondedAt };
}

async function retryFailed(rows: Rows, workspaceId: string, now: Date): Promise<number> {
  const failed = await rows
    .update(surveys)
    // `mayHaveReached` stays: a mail that may have arrived is not undone by sending another.
    .set({ status: "scheduled", reason: null, dueAt: now, firstDueAt: now, attempts: 0 })
    .where(and(eq(surveys.workspaceId, workspaceId), eq(surveys.status, "failed")))
    .returning({ ticketId: surveys.ticketId });
  const ticketIds = JSON.stringify(failed.map(({ ticketId }) => ticketId));
  // As many rows as there are failed surveys, in one statement and two parameters: the builder inserts listed values.
  await rows.run(
    sql`insert into ${journal} (workspace_id, ticket_id, at, event, reason)
select ${workspaceId}, value, ${now.getTime()}, 'scheduled', 'retry_failed' from json_each(${ticketIds})`,
  );
  return failed.length;
}
