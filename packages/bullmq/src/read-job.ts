import type { Job } from "@csat/core";

/** The job in a queue's payload; null for one that this release does not know, from a newer release or anybody else. */
export function readJob(payload: unknown): Job | null {
  const field = (name: string): unknown => Reflect.get(Object(payload), name);
  const [kind, workspaceId, attempt] = [field("kind"), field("workspaceId"), field("attempt")];
  if (typeof workspaceId !== "string" || !isCount(attempt)) return null;
  if (kind === "send_survey") {
    const [surveyId, generation] = [field("surveyId"), field("generation")];
    if (typeof surveyId !== "string" || !isCount(generation)) return null;
    return { kind, workspaceId, surveyId, generation, attempt };
  }
  if (kind === "send_surveys") {
    const batchId = field("batchId");
    return typeof batchId === "string" ? { kind, workspaceId, batchId, attempt } : null;
  }
  if (kind === "deliver_event") {
    const eventId = field("eventId");
    return typeof eventId === "string" ? { kind, workspaceId, eventId, attempt } : null;
  }
  return null;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
