import { randomUUID } from "node:crypto";
import {
  compareText,
  type Leaving,
  type NewSurvey,
  type PageFacts,
  type RecordedAnswer,
  type Resolution,
  type TicketRef,
} from "@csat/core";

/** Some fields of `Whole`; the others are the builder's choice. */
export type Given<Whole> = { readonly [Key in keyof Whole]?: Whole[Key] | undefined };

const start = Date.parse("2026-03-02T09:00:00.000Z");

/** The time `minutes` after the start of every case, a Monday at 09:00 UTC. */
export function minute(minutes: number): Date {
  return new Date(start + minutes * 60_000);
}

/** A date from its ISO text. */
export function utc(text: string): Date {
  return new Date(text);
}

/** An id that no other call returns; `prefix` tells what it names. */
export function uniqueId(prefix: string): string {
  return `${prefix}-${randomUUID()}`;
}

/** A ticket of its own workspace, unless told otherwise. */
export function aTicket(given: Given<TicketRef> = {}): TicketRef {
  return {
    workspaceId: given.workspaceId ?? uniqueId("workspace"),
    ticketId: given.ticketId ?? uniqueId("ticket"),
  };
}

/** `count` tickets of one workspace, sorted as the core sorts them. */
export function tickets(count: number, workspaceId = uniqueId("workspace")): readonly TicketRef[] {
  return Array.from({ length: count }, (_, index) => ({
    workspaceId,
    ticketId: `ticket-${String(index).padStart(5, "0")}`,
  }));
}

/** In the order in which the core hands every batch over. */
export function inCoreOrder<Ref extends TicketRef>(refs: readonly Ref[]): readonly Ref[] {
  return refs.toSorted(
    (one, other) =>
      compareText(one.workspaceId, other.workspaceId) || compareText(one.ticketId, other.ticketId),
  );
}

/** The two id fields alone, of anything that has more. */
export function refOf({ workspaceId, ticketId }: TicketRef): TicketRef {
  return { workspaceId, ticketId };
}

/** A survey to arm: resolved at minute 0, due an hour later. */
export function aNewSurvey(given: Given<NewSurvey> = {}): NewSurvey {
  return {
    ...aTicket(given),
    id: given.id ?? uniqueId("survey"),
    resolvedAt: given.resolvedAt ?? minute(0),
    dueAt: given.dueAt ?? minute(60),
  };
}

/** A resolution at minute 0 by an automation. */
export function aResolution(given: Given<Resolution> = {}): Resolution {
  return {
    ...aTicket(given),
    actorId: given.actorId ?? null,
    resolvedAt: given.resolvedAt ?? minute(0),
  };
}

/** A reopening at minute 10. */
export function aLeaving(given: Given<Leaving> = {}): Leaving {
  return { ...aTicket(given), at: given.at ?? minute(10), reason: given.reason ?? "reopened" };
}

/** Five stars without a word at minute 120, raising no event. */
export function anAnswer(given: Given<RecordedAnswer> = {}): RecordedAnswer {
  return {
    tokenHash: given.tokenHash ?? uniqueId("token"),
    rating: given.rating ?? 5,
    comment: given.comment ?? null,
    respondedAt: given.respondedAt ?? minute(120),
    eventId: given.eventId ?? null,
  };
}

/** What a public page shows. */
export function aPage(given: Given<PageFacts> = {}): PageFacts {
  return {
    workspaceId: given.workspaceId ?? uniqueId("workspace"),
    workspaceName: given.workspaceName ?? "Acme Support",
    ticketSubject: given.ticketSubject ?? "The printer is on fire",
    locale: given.locale ?? null,
  };
}
