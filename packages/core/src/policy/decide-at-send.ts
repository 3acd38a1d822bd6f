import { millisecondsInMinute } from "date-fns/constants";
import type { TicketSnapshot } from "../ports/ticket-source.ts";
import type { Destination } from "../survey/destination.ts";
import type { WorkspaceSettings } from "../survey/settings.ts";
import type { SkipReason } from "../survey/survey.ts";
import type { SurveyState } from "./transition/ticket-state.ts";

/** Everything that is read fresh before a mail goes out. */
export interface AtSend {
  readonly survey: Pick<SurveyState, "firstDueAt" | "sentAt">;
  /** Null when the host knows no such ticket. */
  readonly ticket: Pick<TicketSnapshot, "status"> | null;
  readonly settings: Pick<WorkspaceSettings, "enabled">;
  readonly destination: Destination;
  readonly armedAt: Date;
  readonly maxLatenessMs: number;
  readonly now: Date;
}

/** Mail it to that address, leave it, or look again at that time. */
export type SendDecision =
  | { readonly kind: "send"; readonly channel: string; readonly address: string }
  | { readonly kind: "skip"; readonly reason: SkipReason }
  | { readonly kind: "wait"; readonly until: Date };

/** For so long after arming, in milliseconds, the host's transaction may not have committed yet. */
const commitGraceMs = 2 * millisecondsInMinute;

const lookAgainMs = 15_000;

/** Decides whether a claimed survey goes out now. */
export function decideAtSend(facts: AtSend): SendDecision {
  const { destination } = facts;
  const reason = whyNotAsk(facts);
  if (reason === "ticket_not_found" || reason === "ticket_not_resolved") return waitOrSkip(facts, reason);
  if (reason !== null) return skip(reason);
  return "reason" in destination ? skip(destination.reason) : { kind: "send", ...destination };
}

/** Why nobody is asked about this ticket, whoever sends the question; null when nothing speaks against it. */
export function whyNotAsk(
  facts: Omit<AtSend, "destination" | "armedAt">,
): Exclude<SkipReason, Extract<Destination, { readonly reason: string }>["reason"]> | null {
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
}: Pick<AtSend, "maxLatenessMs" | "now"> & { readonly survey: Pick<SurveyState, "firstDueAt"> }): boolean {
  return now.getTime() - survey.firstDueAt.getTime() > maxLatenessMs;
}

function skip(reason: SkipReason): SendDecision {
  return { kind: "skip", reason };
}

function waitOrSkip({ armedAt, now }: AtSend, reason: SkipReason): SendDecision {
  if (now.getTime() - armedAt.getTime() >= commitGraceMs) return skip(reason);
  return { kind: "wait", until: new Date(now.getTime() + lookAgainMs) };
}
