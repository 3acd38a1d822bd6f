import type { Rating, StorageOperations } from "@csat/core";
import { aResolution, refOf, utc } from "./builders.ts";
import { type Begun, stepsOn } from "./steps.ts";

/** Monday 2 March 2026 and the six days after it, in UTC. */
export const current = { from: utc("2026-03-02T00:00:00.000Z"), until: utc("2026-03-09T00:00:00.000Z") };

/** The week before `current`. */
export const previous = { from: utc("2026-02-23T00:00:00.000Z"), until: utc("2026-03-02T00:00:00.000Z") };

/** One survey of the past: when its mail was accepted, and what came of it. */
export interface Past {
  readonly workspaceId: string;
  readonly ticketId?: string;
  /** ISO time. */
  readonly sentAt: string;
  /** Rating and ISO time of the answer; left out where none came. */
  readonly answer?: readonly [Rating, string];
  /** First resolver; left out for Unattributed. */
  readonly actorId?: string;
}

/** Lets that survey happen. */
export async function happened({
  storage,
  past,
}: {
  readonly storage: StorageOperations;
  readonly past: Past;
}): Promise<Begun> {
  const { workspaceId, ticketId, sentAt, answer, actorId } = past;
  const steps = stepsOn(storage);
  const sent = await steps.send({ workspaceId, ticketId, sentAt: utc(sentAt) });
  if (actorId !== undefined) {
    await storage.resolutions.record([aResolution({ ...refOf(sent), actorId })]);
  }
  if (answer !== undefined) {
    const [rating, respondedAt] = answer;
    await steps.answer({ tokenHash: sent.tokenHash, rating, respondedAt: utc(respondedAt) });
  }
  return sent;
}
