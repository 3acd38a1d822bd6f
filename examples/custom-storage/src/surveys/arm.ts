import type { ArmOutcome, NewSurvey } from "@csat/core";
import type { Rows } from "../open-sqlite.ts";
import {
  armedAgain,
  firstArmed,
  readSurveys,
  rememberedBy,
  remembering,
  type SurveyRow,
  saveSurveys,
} from "../survey-row.ts";
import { readTickets, type TicketRow } from "../tickets.ts";

/** Arms a survey per resolution, where the ticket's past allows one. */
export async function arm(rows: Rows, given: readonly NewSurvey[]): Promise<readonly ArmOutcome[]> {
  const ticketOf = await readTickets(rows, given);
  const surveyOf = await readSurveys(rows, given);
  const decided = given.map((wanted) => ({
    wanted,
    ...decide({ wanted, ticket: ticketOf(wanted), survey: surveyOf(wanted) }),
  }));
  await saveSurveys(
    rows,
    decided.flatMap(({ changed }) => (changed === undefined ? [] : [changed])),
  );
  return decided.map(({ wanted: { workspaceId, ticketId }, changed, kind }) =>
    kind === "armed"
      ? { workspaceId, ticketId, kind, surveyId: changed.id, generation: changed.generation }
      : { workspaceId, ticketId, kind },
  );
}

type Decision =
  | { readonly kind: "armed"; readonly changed: SurveyRow }
  | {
      readonly kind: "already_scheduled" | "already_surveyed" | "left_since";
      readonly changed?: SurveyRow;
    };

function decide({
  wanted,
  ticket,
  survey,
}: {
  readonly wanted: NewSurvey;
  readonly ticket: TicketRow;
  readonly survey: SurveyRow | undefined;
}): Decision {
  if (survey !== undefined && isUsedUp(survey)) return { kind: "already_surveyed" };
  if (isLeftSince(ticket, wanted.resolvedAt)) return { kind: "left_since" };
  if (survey === undefined) {
    return { kind: "armed", changed: firstArmed({ ...wanted, resolvedBy: ticket.firstActorId }) };
  }
  // What armed this generation, or came before that, counts already.
  if (wanted.resolvedAt <= survey.resolvedAt) return { kind: "already_scheduled" };
  switch (survey.status) {
    case "canceled":
    case "skipped":
    case "failed":
      return { kind: "armed", changed: armedAgain(survey, wanted) };
    case "scheduled":
    case "sending":
      return remembered(survey, wanted);
    default:
      // A status that a newer release wrote: not ours to change.
      return { kind: "already_scheduled" };
  }
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
function remembered(survey: SurveyRow, wanted: NewSurvey): Decision {
  const known = rememberedBy(survey);
  if (known !== null && wanted.resolvedAt <= known.resolvedAt) return { kind: "already_scheduled" };
  return { kind: "already_scheduled", changed: remembering(survey, wanted) };
}
