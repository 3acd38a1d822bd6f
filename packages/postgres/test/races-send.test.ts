import type { ClaimRef, StorageOperations, TicketRef } from "@csat/core";
import { expect, test } from "vitest";
import { connections, meeting } from "./support/connections.ts";
import { aBegunSend, aTicket, at, claimOf, newSurvey, refusedForNow } from "./support/survey-steps.ts";

const server = connections();

type Step<Result> = (operations: StorageOperations) => Promise<Result>;

interface Ending {
  readonly name: string;
  readonly start: (storage: StorageOperations, ref: TicketRef) => Promise<ClaimRef>;
  readonly settle: (claim: ClaimRef) => Step<unknown>;
  /** How the survey stands when the ticket was reopened and resolved again during the send. */
  readonly resolvedAgain: object;
  /** How it stands when the ticket was reopened alone. */
  readonly reopened: object;
}

const armedAnew = { status: "scheduled", generation: 2, dueAt: at(122), attempts: 0, mayHaveReached: false };

const begun = async (storage: StorageOperations, ref: TicketRef) => (await aBegunSend(storage, ref)).claim;
const claimed = async (storage: StorageOperations, ref: TicketRef) => {
  await storage.surveys.arm([newSurvey(ref)]);
  return claimOf(storage, ref);
};

const endings: readonly Ending[] = [
  {
    name: "refused for now",
    start: begun,
    settle: (claim) => (storage) => storage.surveys.markFailed({ ...claim, ...refusedForNow }),
    resolvedAgain: armedAnew,
    reopened: { status: "canceled", reason: "reopened", generation: 1, mayHaveReached: false },
  },
  {
    name: "refused for good",
    start: begun,
    settle: (claim) => (storage) => storage.surveys.markFailed({ ...claim, ...refusedForNow, retryAt: null }),
    resolvedAgain: armedAnew,
    reopened: { status: "failed", reason: "refused", generation: 1, mayHaveReached: false },
  },
  {
    name: "broken off with an unknown end",
    start: begun,
    settle: (claim) => (storage) =>
      storage.surveys.markFailed({ ...claim, ...refusedForNow, refused: false }),
    resolvedAgain: { status: "canceled", reason: "reopened", generation: 1, mayHaveReached: true },
    reopened: { status: "canceled", reason: "reopened", generation: 1, mayHaveReached: true },
  },
  {
    name: "accepted",
    start: begun,
    settle: (claim) => (storage) => storage.surveys.markSent({ ...claim, sentAt: at(63), messageId: null }),
    resolvedAgain: { status: "sent", generation: 1, sentAt: at(63) },
    reopened: { status: "sent", generation: 1, sentAt: at(63) },
  },
  {
    name: "skipped",
    start: claimed,
    settle: (claim) => (storage) => storage.surveys.markSkipped({ ...claim, reason: "ticket_not_resolved" }),
    resolvedAgain: armedAnew,
    reopened: { status: "skipped", reason: "ticket_not_resolved", generation: 1 },
  },
  {
    name: "given back before it began",
    start: claimed,
    settle: (claim) => (storage) => storage.surveys.release([claim]),
    resolvedAgain: armedAnew,
    reopened: { status: "canceled", reason: "reopened", generation: 1, mayHaveReached: false },
  },
];

const leave = (ref: TicketRef) => (storage: StorageOperations) =>
  storage.surveys.leave([{ ...ref, at: at(61), reason: "reopened" }]);
const resolve = (ref: TicketRef) => (storage: StorageOperations) =>
  storage.surveys.arm([newSurvey(ref, at(62), at(122))]);
const surveyOf = (ref: TicketRef) => server.storage().surveys.find(ref);

test.each(endings)(
  "a reopening during a send that is $name ends alike, whichever is stored first",
  async (ending) => {
    // S10
    for (const isSettledFirst of [true, false]) {
      const ref = aTicket();
      const claim = await ending.start(server.storage(), ref);
      const met = isSettledFirst
        ? await meeting(server, ending.settle(claim), leave(ref))
        : await meeting(server, leave(ref), ending.settle(claim));
      expect(met.waited).toBe(true);
      expect(await surveyOf(ref)).toMatchObject(ending.reopened);
    }
  },
);

test.each(endings)(
  "a reopening and a resolution during a send that is $name end alike, whichever is stored first",
  async (ending) => {
    // S5 S10
    for (const isSettledFirst of [true, false]) {
      const ref = aTicket();
      const claim = await ending.start(server.storage(), ref);
      await leave(ref)(server.storage());
      const met = isSettledFirst
        ? await meeting(server, ending.settle(claim), resolve(ref))
        : await meeting(server, resolve(ref), ending.settle(claim));
      expect(met.waited).toBe(true);
      expect(await surveyOf(ref)).toMatchObject(ending.resolvedAgain);
    }
  },
);
