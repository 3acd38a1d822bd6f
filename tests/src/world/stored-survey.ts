import type { Json, SurveyStatus } from "@csat/core";

/** What tests ask of a stored survey. */
export interface StoredSurvey {
  readonly id: string;
  readonly status: SurveyStatus;
  readonly generation: number;
  readonly reason: string | null;
  readonly resolvedAt: Date;
  readonly dueAt: Date;
  readonly firstDueAt: Date;
  readonly attempts: number;
  readonly mayHaveReached: boolean;
  readonly sentAt: Date | null;
  readonly resolvedBy: string | null;
}

/** Reads the document of a ticket; null when it has no survey. A tombstone is one that is erased. */
export function storedSurvey(document: Json | null): StoredSurvey | null {
  const ticket = fieldsOf(document);
  if (ticket.erased === true) return { ...blank, status: "erased", mayHaveReached: true };
  if (ticket.survey === undefined) return null;
  const survey = fieldsOf(ticket.survey);
  const text = (name: string) => (typeof survey[name] === "string" ? survey[name] : null);
  const date = (name: string) => new Date(text(name) ?? 0);
  const sentAt = text("sentAt");
  const { actorId } = fieldsOf(ticket.firstResolution ?? {});
  return {
    id: text("id") ?? "",
    // The library writes no other word.
    status: text("status") as SurveyStatus,
    generation: Number(survey.generation),
    reason: text("reason"),
    resolvedAt: date("resolvedAt"),
    dueAt: date("dueAt"),
    firstDueAt: date("firstDueAt"),
    attempts: Number(survey.attempts ?? 0),
    mayHaveReached: survey.mayHaveReached === true,
    sentAt: sentAt === null ? null : new Date(sentAt),
    resolvedBy: typeof actorId === "string" ? actorId : null,
  };
}

const never = new Date(0);
const blank: StoredSurvey = {
  id: "",
  status: "erased",
  generation: 1,
  reason: null,
  resolvedAt: never,
  dueAt: never,
  firstDueAt: never,
  attempts: 0,
  mayHaveReached: false,
  sentAt: null,
  resolvedBy: null,
};

function fieldsOf(document: Json | null): { readonly [name: string]: Json | undefined } {
  // Documents of the library are objects.
  return (document ?? {}) as { readonly [name: string]: Json | undefined };
}
