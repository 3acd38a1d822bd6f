import { createHash } from "node:crypto";
import type { Job } from "@csat/core";

/**
 * The name of a job in the queue: the same for the same survey (batch, event), generation and attempt, another for any
 * other. Ids may hold any characters and BullMQ refuses some, such as ":", hence the hash; some 60 characters.
 */
export function jobId(job: Job): string {
  const { workspaceId } = job;
  switch (job.kind) {
    case "send_survey":
      return `survey-${hash([workspaceId, job.surveyId])}-g${job.generation}-a${job.attempt}`;
    case "send_surveys":
      return `surveys-${hash([workspaceId, job.batchId])}-a${job.attempt}`;
    case "deliver_event":
      return `event-${hash([workspaceId, job.eventId])}-a${job.attempt}`;
  }
}

/**
 * The names a job may have. One that runs cannot be removed and keeps its name until it ends, so that the same job
 * scheduled meanwhile takes the second.
 */
export function jobIds(job: Job): readonly [first: string, second: string] {
  const first = jobId(job);
  return [first, `${first}-again`];
}

function hash(parts: readonly string[]): string {
  // As JSON, so that no two pairs read alike; it also keeps lone surrogates apart.
  return createHash("sha256").update(JSON.stringify(parts)).digest("base64url");
}
