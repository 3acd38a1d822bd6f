import type { StorageOperations, TicketRef } from "@csat/core";
import { aLeaving, aNewSurvey, anAnswer, aResolution, minute, uniqueId } from "./builders.ts";
import { stepsOn } from "./steps.ts";

/** Writes to all stores that can be written to: an answered survey with its event, settings and a journal entry. */
export async function writeEverywhere({
  operations,
  ref,
}: {
  readonly operations: StorageOperations;
  readonly ref: TicketRef;
}): Promise<void> {
  await operations.settings.patch(ref.workspaceId, { enabled: true });
  await operations.resolutions.record([aResolution({ ...ref, actorId: "ada" })]);
  await operations.surveys.leave([aLeaving({ ...ref, at: minute(-5) })]);
  await stepsOn(operations).sendAndAnswer({ ...ref, eventId: uniqueId("event") });
  await operations.journal.append([
    { ...ref, at: minute(0), event: "scheduled", reason: null, actorId: null },
  ]);
}

/** What the stores show of one ticket. */
export interface Traces {
  readonly enabled: boolean | undefined;
  readonly status: string | undefined;
  readonly resolvedBy: string | null | undefined;
  readonly rating: number | undefined;
  readonly events: number;
  readonly journal: readonly string[];
  readonly responses: number;
}

/** What each store shows after `writeEverywhere`. */
export const everything: Traces = {
  enabled: true,
  status: "answered",
  resolvedBy: "ada",
  rating: 5,
  events: 1,
  journal: ["scheduled", "answered"],
  responses: 1,
};

/** What each store shows of a ticket that was never told of. */
export const nothing: Traces = {
  enabled: undefined,
  status: undefined,
  resolvedBy: undefined,
  rating: undefined,
  events: 0,
  journal: [],
  responses: 0,
};

/** What each store shows of this ticket. */
export async function traces({
  operations,
  ref,
}: {
  readonly operations: StorageOperations;
  readonly ref: TicketRef;
}): Promise<Traces> {
  const survey = await operations.surveys.find(ref);
  const page = { limit: 10, cursor: null };
  const window = { from: new Date("2026-03-02T00:00:00.000Z"), until: new Date("2026-03-03T00:00:00.000Z") };
  const events = await operations.outbox.list(ref.workspaceId, { ...page, dead: false });
  const responses = await operations.metrics.listResponses({ ...page, workspaceId: ref.workspaceId, window });
  return {
    enabled: (await operations.settings.get(ref.workspaceId))?.enabled,
    status: survey?.status,
    resolvedBy: survey?.resolvedBy,
    rating: (await operations.responses.find(ref))?.rating,
    events: events.items.length,
    journal: (await operations.journal.list(ref)).map(({ event }) => event),
    responses: responses.items.length,
  };
}

/** Everything that could run into a row that is there already, and at last a journal entry `afterwards`. */
export async function conflict({
  operations,
  ref,
  sent,
}: {
  readonly operations: StorageOperations;
  readonly ref: TicketRef;
  readonly sent: { readonly tokenHash: string };
}): Promise<readonly string[]> {
  const fresh = aNewSurvey({ workspaceId: ref.workspaceId });
  const [surveyed] = await operations.surveys.arm([aNewSurvey(ref)]);
  const [first] = await operations.surveys.arm([fresh]);
  const [again] = await operations.surveys.arm([fresh]);
  const answer = await operations.responses.record(anAnswer({ tokenHash: sent.tokenHash }));
  const unknown = await operations.responses.record(anAnswer());
  await operations.resolutions.record([aResolution(ref)]);
  await operations.resolutions.record([aResolution(ref)]);
  await operations.settings.patch(ref.workspaceId, { enabled: true });
  await operations.settings.patch(ref.workspaceId, { enabled: true });
  await operations.journal.append([
    { ...ref, at: minute(900), event: "left", reason: "afterwards", actorId: null },
  ]);
  return [surveyed, first, again, answer, unknown].map((outcome) => `${outcome?.kind}`);
}

/** What `conflict` returns for an answered ticket. */
export const conflicts = ["already_surveyed", "armed", "already_scheduled", "duplicate", "unknown_token"];
