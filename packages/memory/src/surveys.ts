import type { PageFacts, Survey, SurveyStore, TicketRef } from "@csat/core";
import type { Access } from "./access.ts";
import { arm } from "./arm.ts";
import { claimDue, release } from "./claim.ts";
import { erase } from "./erase.ts";
import { append } from "./journal.ts";
import { leave } from "./leave.ts";
import { beginSend, markFailed, markSent, markSkipped } from "./settle.ts";
import { atRest, saveSurvey, surveyOf, toSurvey } from "./survey-row.ts";
import type { Tables } from "./tables.ts";

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

function find(tables: Tables, ref: TicketRef): Survey | null {
  const survey = surveyOf(tables, ref);
  return survey === undefined ? null : toSurvey(survey);
}

function findByToken(
  tables: Tables,
  tokenHash: string,
): { readonly page: PageFacts; readonly respondedAt: Date | null } | null {
  const ticket = tables.ticketOfToken.get(tokenHash);
  // Erasing deletes the tokens, so what is found here is not erased; and with a token come the page's facts.
  const page = ticket === undefined ? null : (tables.surveys.get(ticket)?.page ?? null);
  if (ticket === undefined || page === null) return null;
  return { page, respondedAt: tables.responses.get(ticket)?.respondedAt ?? null };
}

function retryFailed(tables: Tables, workspaceId: string, now: Date): number {
  const failed = tables.surveys
    .rows()
    .filter((survey) => survey.workspaceId === workspaceId && survey.status === "failed");
  for (const survey of failed) {
    // `mayHaveReached` stays: a mail that may have arrived is not undone by sending another.
    saveSurvey(tables, {
      ...atRest(survey),
      status: "scheduled",
      dueAt: now,
      firstDueAt: now,
      attempts: 0,
    });
  }
  append(
    tables,
    failed.map(({ ticketId }) => ({
      workspaceId,
      ticketId,
      at: now,
      event: "scheduled",
      reason: "retry_failed",
      actorId: null,
    })),
  );
  return failed.length;
}
