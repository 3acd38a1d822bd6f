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
  const { survey, ticket, settings, destination } = facts;
  if (isExpired(facts)) return skip("expired");
  if (survey.sentAt !== null) return skip("already_surveyed");
  if (ticket === null) return waitOrSkip(facts, "ticket_not_found");
  if (ticket.status !== "resolved") return waitOrSkip(facts, "ticket_not_resolved");
  if (!settings.enabled) return skip("csat_disabled");
  return "reason" in destination ? skip(destination.reason) : { kind: "send", ...destination };
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
