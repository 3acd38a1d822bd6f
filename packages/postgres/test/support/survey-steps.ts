import { randomUUID } from "node:crypto";
import type { Claimed, ClaimRef, NewSurvey, StorageOperations, Survey, TicketRef } from "@csat/core";

/** The time so many minutes after Monday, 5 January 2026, 09:00 UTC. */
export function at(minutes: number): Date {
  return new Date(Date.UTC(2026, 0, 5, 9, minutes));
}

/** A ticket of a workspace of its own. */
export function aTicket(ticketId = "T1"): TicketRef {
  return { workspaceId: `w-${randomUUID()}`, ticketId };
}

/** So many tickets of one workspace, in order. */
export function ticketsOf(workspaceId: string, count: number): readonly TicketRef[] {
  return Array.from({ length: count }, (_, index) => ({
    workspaceId,
    ticketId: `T${String(index).padStart(6, "0")}`,
  }));
}

/** A survey to arm, resolved at minute 0 and due at minute 60. Its id tells its ticket. */
export function newSurvey(ref: TicketRef, resolvedAt = at(0), dueAt = at(60)): NewSurvey {
  return { ...ref, id: `survey of ${ref.ticketId}`, resolvedAt, dueAt };
}

/** The settlement of a refused attempt, to be tried again at minute 70. */
export const refusedForNow = {
  retryAt: at(70),
  refused: true,
  countsAsAttempt: true,
  error: "RCPT 451",
} as const;

const leaseForMs = 600_000;

/** Claims the survey of a ticket at minute 60. */
export async function claimOf(storage: StorageOperations, ref: TicketRef): Promise<ClaimRef> {
  const [claimed] = await storage.surveys.claimDue(claimRequest(ref));
  if (claimed === undefined) throw new Error(`nothing to claim for ${ref.ticketId}`);
  return claimRefOf(claimed);
}

/** A claim of the survey of one ticket. */
export function claimRequest({ workspaceId, ticketId }: TicketRef, now = at(60)) {
  return { now, leaseForMs, limit: 1, only: { workspaceId, id: `survey of ${ticketId}` } };
}

/** What settles a claim. */
export function claimRefOf({ row, leaseId }: Claimed<Survey>): ClaimRef {
  return { workspaceId: row.workspaceId, id: row.id, leaseId };
}

/** Begins the send of a claim, with a link whose hash is returned. */
export async function beginOf(storage: StorageOperations, claim: ClaimRef): Promise<string> {
  const tokenHash = `hash-${randomUUID()}`;
  const page = {
    workspaceId: claim.workspaceId,
    workspaceName: "Acme",
    ticketSubject: "Printer",
    locale: null,
  };
  if (!(await storage.surveys.beginSend(claim, { tokenHash, page, leaseForMs }))) {
    throw new Error(`the lease of ${claim.id} was lost`);
  }
  return tokenHash;
}

/** A survey whose mail is under way: claimed at minute 60, begun. */
export async function aBegunSend(
  storage: StorageOperations,
  ref: TicketRef,
): Promise<{ readonly claim: ClaimRef; readonly tokenHash: string }> {
  await storage.surveys.arm([newSurvey(ref)]);
  const claim = await claimOf(storage, ref);
  return { claim, tokenHash: await beginOf(storage, claim) };
}

/** Five stars at minute 61, with an event. */
export function answerTo(tokenHash: string) {
  return {
    tokenHash,
    rating: 5,
    comment: "Quick.",
    respondedAt: at(61),
    eventId: `event-${randomUUID()}`,
  } as const;
}
