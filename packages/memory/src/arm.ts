import type { ArmOutcome, NewSurvey } from "@csat/core";
import type { SurveyRow, TicketRow } from "./rows.ts";
import { armedAgain, firstArmed, saveSurvey, surveyOf } from "./survey-row.ts";
import { type Tables, ticketOf } from "./tables.ts";

/** Arms a survey per resolution, where the ticket's past allows one. */
export function arm(tables: Tables, surveys: readonly NewSurvey[]): readonly ArmOutcome[] {
  return surveys.map((given) => {
    const { workspaceId, ticketId } = given;
    return { workspaceId, ticketId, ...armOne(tables, given) };
  });
}

type Armed =
  | { readonly kind: "armed"; readonly surveyId: string; readonly generation: number }
  | { readonly kind: "already_scheduled" | "already_surveyed" | "left_since" };

function armOne(tables: Tables, given: NewSurvey): Armed {
  const ticket = ticketOf(tables, given);
  const survey = surveyOf(tables, given);
  if (survey !== undefined && isUsedUp(survey)) return { kind: "already_surveyed" };
  if (isLeftSince(ticket, given.resolvedAt)) return { kind: "left_since" };
  if (survey === undefined) {
    const { workspaceId, ticketId, id, resolvedAt, dueAt } = given;
    const resolvedBy = ticket.firstResolution?.actorId ?? null;
    return armed(tables, firstArmed({ workspaceId, ticketId, id, resolvedAt, dueAt, resolvedBy }));
  }
  // What armed this generation, or came before that, counts already.
  if (given.resolvedAt <= survey.resolvedAt) return { kind: "already_scheduled" };
  if (survey.status === "scheduled" || survey.status === "sending") {
    remember(tables, survey, given);
    return { kind: "already_scheduled" };
  }
  return armed(tables, armedAgain(survey, given));
}

/** One mail per ticket, ever: sent, answered, erased, or ended after a send that may have reached the customer. */
function isUsedUp({ status, mayHaveReached }: SurveyRow): boolean {
  if (status === "sent" || status === "answered" || status === "erased") return true;
  return mayHaveReached && status !== "scheduled" && status !== "sending";
}

function isLeftSince({ lastLeftAt }: TicketRow, resolvedAt: Date): boolean {
  return lastLeftAt !== null && resolvedAt <= lastLeftAt;
}

/** Keeps the latest resolution, for the case that this send comes to nothing or a leaving between the two is told late. */
function remember(tables: Tables, survey: SurveyRow, { resolvedAt, dueAt }: NewSurvey): void {
  if (survey.remembered !== null && resolvedAt <= survey.remembered.resolvedAt) return;
  saveSurvey(tables, { ...survey, remembered: { resolvedAt, dueAt } });
}

function armed(tables: Tables, survey: SurveyRow): Armed {
  saveSurvey(tables, survey);
  return { kind: "armed", surveyId: survey.id, generation: survey.generation };
}
