import { millisecondsInMinute } from "date-fns/constants";
import type { TicketSnapshot } from "../../ports/ticket-source.ts";
import type { Destination } from "../../survey/destination.ts";
import type { WorkspaceSettings } from "../../survey/settings.ts";
import type { SkipReason } from "../../survey/survey.ts";
import type { SurveyState } from "../transition/ticket-state.ts";
import type { No } from "./no.ts";

/** What speaks against asking about a ticket at all, and against sending to where its customer is. */
export interface TicketFacts {
  readonly survey: Pick<SurveyState, "firstDueAt" | "sentAt" | "armedAt">;
  /** Null when the host knows no such ticket. */
  readonly ticket: Pick<TicketSnapshot, "status"> | null;
  readonly settings: Pick<WorkspaceSettings, "enabled">;
  readonly destination: Destination;
  readonly maxLatenessMs: number;
  readonly now: Date;
}

/** For so long after arming, in milliseconds, the host's transaction may not have committed yet. */
const commitGraceMs = 2 * millisecondsInMinute;

const lookAgainMs = 15_000;

/** Null when the ticket may be asked about now, and there is an address. */
export function ticketChecks(facts: TicketFacts): No | null {
  const { destination, survey, now } = facts;
  const reason = whyNotAsk(facts);
  const isGone = reason === "ticket_not_found" || reason === "ticket_not_resolved";
  if (isGone && now.getTime() - survey.armedAt.getTime() < commitGraceMs)
    return { kind: "defer", reason: "ticket_not_committed", until: new Date(now.getTime() + lookAgainMs) };
  if (reason !== null) return { kind: "skip", reason };
  return "reason" in destination ? { kind: "skip", reason: destination.reason } : null;
}

/** Why nobody is asked about this ticket, whoever sends the question; null when nothing speaks against it. */
export function whyNotAsk(
  facts: Omit<TicketFacts, "destination" | "survey"> & {
    readonly survey: Pick<SurveyState, "firstDueAt" | "sentAt">;
  },
): Extract<
  SkipReason,
  "expired" | "already_surveyed" | "ticket_not_found" | "ticket_not_resolved" | "csat_disabled"
> | null {
  const { survey, ticket, settings } = facts;
  if (isExpired(facts)) return "expired";
  if (survey.sentAt !== null) return "already_surveyed";
  if (ticket === null) return "ticket_not_found";
  if (ticket.status !== "resolved") return "ticket_not_resolved";
  return settings.enabled ? null : "csat_disabled";
}

/** True when the survey was first due so long ago that a mail would only surprise. */
export function isExpired({
  survey,
  maxLatenessMs,
  now,
}: Pick<TicketFacts, "maxLatenessMs" | "now"> & {
  readonly survey: Pick<SurveyState, "firstDueAt">;
}): boolean {
  return now.getTime() - survey.firstDueAt.getTime() > maxLatenessMs;
}
