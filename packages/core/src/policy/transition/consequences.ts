import type { CountDelta } from "../../ports/store/change.ts";
import type { Due, TicketCells } from "../../ports/store/head.ts";
import { addCounts, countsOfTicket, takenBack } from "../../survey/add-counts.ts";
import { emailChannel } from "../../survey/destination.ts";
import { outage, type SurveyState, type TicketState } from "./ticket-state.ts";

/** The cells that a store joins and recounts by. */
export function cellsOf({ survey, firstResolution }: TicketState): TicketCells {
  return { kind: "ticket", sentAt: survey?.sentAt ?? null, resolvedBy: firstResolution?.actorId ?? null };
}

/** What is due after a step: undefined when it stays as it is. */
export function dueAfter(before: TicketState, after: TicketState, now: Date): Due | null | undefined {
  const [was, is] = [before.survey, after.survey];
  if (was === is) return undefined;
  switch (is?.status) {
    case "scheduled":
      return was?.status === "scheduled" && isSameTime(was, is)
        ? undefined
        : { kind: "waiting", wakeAt: is.dueAt, firstDueAt: is.firstDueAt, ...failingOf(is) };
    case "sending":
      return undefined;
    case "failed":
      return was?.status === "failed"
        ? undefined
        : { kind: "failed", failedAt: now, reason: is.reason ?? "unknown" };
    default:
      return was !== null && mayBeDue(was) ? null : undefined;
  }
}

/** The channel whose outage it waits for; a failure of its own is none. */
function failingOf({ putOffFor, channel }: SurveyState): { readonly failing?: string } {
  return putOffFor.includes(outage) ? { failing: channel ?? emailChannel } : {};
}

function isSameTime(one: SurveyState, other: SurveyState): boolean {
  return one.generation === other.generation && one.dueAt.getTime() === other.dueAt.getTime();
}

/** Also a status of a newer release, which may have something due. */
function mayBeDue({ status }: SurveyState): boolean {
  return status !== "sent" && status !== "answered" && status !== "canceled" && status !== "skipped";
}

/** What a step adds to the counts: what the ticket counts for now, less what it counted for before. */
export function deltasBetween(before: TicketState, after: TicketState): readonly CountDelta[] {
  return addCounts([...countsOf(before).map(takenBack), ...countsOf(after)]);
}

/** What a ticket counts for. */
export function countsOf({ survey, firstResolution }: TicketState): readonly CountDelta[] {
  const resolvedBy = firstResolution?.actorId ?? null;
  const { sentAt = null, answer = null } = survey ?? {};
  return countsOfTicket({ sentAt, resolvedBy, answer: answer === null ? null : { ...answer, resolvedBy } });
}
