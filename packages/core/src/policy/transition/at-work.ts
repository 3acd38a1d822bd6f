import type { SurveyState, TicketState } from "./ticket-state.ts";

/** Who is working on a survey, and which one: every event of a worker carries it. */
export interface AtWork {
  /** Of the claim. */
  readonly leaseId: string;
  /** The generation that was claimed. */
  readonly generation: number;
}

/** Somebody else works on it, or it is over: whoever is told so stops and changes nothing. */
export type Lost = { readonly kind: "lost" };

/** A survey whose send has begun. */
export interface Sending extends SurveyState {
  readonly begun: NonNullable<SurveyState["begun"]>;
}

/** The survey, if this worker has begun to send it and nobody has taken over since. */
export function sendOf({ survey }: TicketState, { leaseId, generation }: AtWork): Sending | null {
  if (survey?.status !== "sending" || survey.generation !== generation) return null;
  const { begun } = survey;
  return begun?.leaseId === leaseId ? { ...survey, begun } : null;
}

/**
 * The survey, if this worker may begin or end it: it waits, or whoever was sending it has lost the lease. That the lease
 * is held now is for the database to say.
 */
export function claimOf({ survey }: TicketState, { leaseId, generation }: AtWork): SurveyState | null {
  if (survey === null || survey.generation !== generation) return null;
  if (survey.status === "scheduled") return survey;
  return survey.status === "sending" && survey.begun?.leaseId !== leaseId ? survey : null;
}
