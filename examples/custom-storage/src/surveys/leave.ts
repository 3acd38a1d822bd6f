import type { LeaveResult, Leaving } from "@csat/core";
import type { Rows } from "../open-sqlite.ts";
import {
  armedAgain,
  atRest,
  readSurveys,
  rememberedBy,
  remembering,
  type SurveyRow,
  saveSurveys,
} from "../survey-row.ts";
import { readTickets, saveTickets, type TicketRow } from "../tickets.ts";

/** The tickets stopped being resolved: cancels what waits, and says what could not be canceled any more. */
export async function leave(rows: Rows, leavings: readonly Leaving[]): Promise<readonly LeaveResult[]> {
  const ticketOf = await readTickets(rows, leavings);
  const surveyOf = await readSurveys(rows, leavings);
  await saveTickets(
    rows,
    leavings.flatMap((leaving) => noted(ticketOf(leaving), leaving)),
  );
  const decided = leavings.map((leaving) => ({ leaving, ...decide(surveyOf(leaving), leaving) }));
  await saveSurveys(
    rows,
    decided.flatMap(({ changed }) => (changed === undefined ? [] : [changed])),
  );
  return decided.map(({ leaving: { workspaceId, ticketId }, left }) => ({ workspaceId, ticketId, ...left }));
}

type Left =
  | {
      readonly kind: "canceled";
      readonly surveyId: string;
      readonly generation: number;
      readonly rearmed?: { readonly generation: number; readonly dueAt: Date };
    }
  | { readonly kind: "too_late" | "nothing_pending" };

interface Decision {
  readonly left: Left;
  readonly changed?: SurveyRow;
}

const nothingPending: Decision = { left: { kind: "nothing_pending" } };
const tooLate: Decision = { left: { kind: "too_late" } };

function decide(survey: SurveyRow | undefined, leaving: Leaving): Decision {
  switch (survey?.status) {
    case "scheduled":
      // A leaving older than the resolution that armed it is stale news.
      return leaving.at < survey.resolvedAt ? nothingPending : canceled(survey, leaving);
    case "sending":
      return leaving.at < survey.resolvedAt
        ? nothingPending
        : { ...tooLate, changed: leftMeanwhile(survey, leaving) };
    case "sent":
    case "answered":
      return tooLate;
    default:
      return nothingPending;
  }
}

function canceled(survey: SurveyRow, { at, reason }: Leaving): Decision {
  const left = { kind: "canceled", surveyId: survey.id, generation: survey.generation } as const;
  const later = rememberedBy(survey);
  // A survey waiting for another attempt may have reached the customer already; then no resolution mails again.
  if (later !== null && later.resolvedAt > at && !survey.mayHaveReached) {
    const next = armedAgain(survey, later);
    return { left: { ...left, rearmed: { generation: next.generation, dueAt: next.dueAt } }, changed: next };
  }
  return { left, changed: { ...atRest(survey), status: "canceled", reason } };
}

/** The send goes on; how it ends decides what the leaving means. */
function leftMeanwhile(survey: SurveyRow, { at, reason }: Leaving): SurveyRow {
  const later = rememberedBy(survey);
  const kept = remembering(survey, later !== null && later.resolvedAt > at ? later : null);
  const isLatest = survey.leftAt === null || at > survey.leftAt;
  return isLatest ? { ...kept, leftAt: at, leftReason: reason } : kept;
}

function noted(ticket: TicketRow, { at }: Leaving): readonly TicketRow[] {
  if (ticket.erased || (ticket.lastLeftAt !== null && at <= ticket.lastLeftAt)) return [];
  return [{ ...ticket, lastLeftAt: at }];
}
