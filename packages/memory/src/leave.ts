import type { LeaveResult, Leaving } from "@csat/core";
import type { SurveyRow } from "./rows.ts";
import { armedAgain, atRest, saveSurvey, surveyOf } from "./survey-row.ts";
import { type Tables, ticketKey, ticketOf } from "./tables.ts";

/** The tickets stopped being resolved: cancels what waits, and says what could not be canceled any more. */
export function leave(tables: Tables, leavings: readonly Leaving[]): readonly LeaveResult[] {
  return leavings.map((leaving) => {
    const { workspaceId, ticketId } = leaving;
    noteOnTicket(tables, leaving);
    const survey = surveyOf(tables, leaving);
    const left = survey === undefined ? nothingPending : leaveOne(tables, survey, leaving);
    return { workspaceId, ticketId, ...left };
  });
}

type Left =
  | {
      readonly kind: "canceled";
      readonly surveyId: string;
      readonly generation: number;
      readonly rearmed?: { readonly generation: number; readonly dueAt: Date };
    }
  | { readonly kind: "too_late" | "nothing_pending" };

const nothingPending: Left = { kind: "nothing_pending" };
const tooLate: Left = { kind: "too_late" };

function leaveOne(tables: Tables, survey: SurveyRow, leaving: Leaving): Left {
  switch (survey.status) {
    case "scheduled":
      // A leaving older than the resolution that armed it is stale news.
      return leaving.at < survey.resolvedAt ? nothingPending : cancel(tables, survey, leaving);
    case "sending":
      if (leaving.at < survey.resolvedAt) return nothingPending;
      rememberLeaving(tables, survey, leaving);
      return tooLate;
    case "sent":
    case "answered":
      return tooLate;
    default:
      return nothingPending;
  }
}

function cancel(tables: Tables, survey: SurveyRow, { at, reason }: Leaving): Left {
  const canceled = { kind: "canceled", surveyId: survey.id, generation: survey.generation } as const;
  const { remembered } = survey;
  // A survey waiting for another attempt may have reached the customer already; then no resolution mails again.
  if (remembered !== null && remembered.resolvedAt > at && !survey.mayHaveReached) {
    const next = armedAgain(survey, remembered);
    saveSurvey(tables, next);
    return { ...canceled, rearmed: { generation: next.generation, dueAt: next.dueAt } };
  }
  saveSurvey(tables, { ...atRest(survey), status: "canceled", reason });
  return canceled;
}

/** The send goes on; how it ends decides what the leaving means. */
function rememberLeaving(tables: Tables, survey: SurveyRow, { at, reason }: Leaving): void {
  const { leftMeanwhile, remembered } = survey;
  saveSurvey(tables, {
    ...survey,
    leftMeanwhile: leftMeanwhile === null || at > leftMeanwhile.at ? { at, reason } : leftMeanwhile,
    remembered: remembered !== null && remembered.resolvedAt > at ? remembered : null,
  });
}

function noteOnTicket(tables: Tables, leaving: Leaving): void {
  const ticket = ticketOf(tables, leaving);
  if (ticket.erased || (ticket.lastLeftAt !== null && leaving.at <= ticket.lastLeftAt)) return;
  tables.tickets.set(ticketKey(ticket), { ...ticket, lastLeftAt: leaving.at });
}
