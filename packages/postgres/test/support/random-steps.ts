import { randomUUID } from "node:crypto";
import type { ClaimRef, Storage, TicketRef } from "@csat/core";
import { at } from "./survey-steps.ts";

/** One of two storages that live the same history. Lease ids differ between them, so each keeps its own. */
export interface Side {
  readonly storage: Storage<never>;
  readonly leases: ClaimRef[];
}

/** A step of a history: does the same on either side, and returns what must be equal. */
export type Step = (side: Side) => Promise<unknown>;

/** A repeatable sequence of numbers below `below` (multiplicative congruential, modulus 2^31 − 1). */
export function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

const workspaces = ["a", "B", "é"];
// In UTF-16 units the emoji comes first, in code points last.
const ticketIds = ["t1", "t2", "😀", "\uffee"];
const actors = ["ann", "😀", "\uffee", null];

/** Every ticket that may appear in a history. */
export const allTickets: readonly TicketRef[] = workspaces.flatMap((workspaceId) =>
  ticketIds.map((ticketId) => ({ workspaceId, ticketId })),
);

/** Draws steps of any kind: each call returns the next one. */
export function randomSteps(below: (limit: number) => number): () => Step {
  const tokens: string[] = [];
  const pick = <Choice>(choices: readonly [Choice, ...Choice[]]): Choice =>
    choices[below(choices.length)] ?? choices[0];
  const time = () => at(below(200));
  const workspace = () => workspaces[below(3)] ?? "a";
  const tickets = () => allTickets.filter(() => below(5) === 0);
  /** One of the latest claims, if any: its lease may be over. */
  const settling = (settle: (side: Side, claim: ClaimRef) => Promise<unknown>): Step => {
    const back = below(4);
    return async (side) => {
      const claim = side.leases.at(-1 - back);
      return claim === undefined ? "no claim" : settle(side, claim);
    };
  };

  const kinds: readonly [() => Step, ...(() => Step)[]] = [
    () => {
      const resolutions = tickets().map((ref) => ({
        ...ref,
        actorId: actors[below(4)] ?? null,
        resolvedAt: time(),
      }));
      return ({ storage }) => storage.resolutions.record(resolutions);
    },
    () => {
      const surveys = tickets().map((ref) => {
        const minutes = below(200);
        return {
          ...ref,
          id: `s-${ref.ticketId}`,
          resolvedAt: at(minutes),
          dueAt: at(minutes + below(30)),
        };
      });
      return ({ storage }) => storage.surveys.arm(surveys);
    },
    () => {
      const leavings = tickets().map((ref) => ({
        ...ref,
        at: time(),
        reason: pick(["reopened", "closed", "merged"] as const),
      }));
      return ({ storage }) => storage.surveys.leave(leavings);
    },
    () => {
      // A lease of no length has ended at once.
      const claim = { now: time(), leaseForMs: pick([0, 600_000, 600_000]), limit: 1 + below(4) };
      return async ({ storage, leases }) => {
        const claimed = await storage.surveys.claimDue(claim);
        leases.push(
          ...claimed.map(({ row: { workspaceId, id }, leaseId }) => ({ workspaceId, id, leaseId })),
        );
        return claimed.map(({ row, resumed }) => ({ row, resumed }));
      };
    },
    () => {
      const tokenHash = `hash-${randomUUID()}`;
      tokens.push(tokenHash);
      const begunAt = time();
      return settling(({ storage }, claim) => {
        const page = {
          workspaceId: claim.workspaceId,
          workspaceName: "W",
          ticketSubject: "S",
          locale: null,
        };
        return storage.surveys.beginSend(claim, { tokenHash, page, leaseForMs: 600_000, begunAt });
      });
    },
    () => {
      const sentAt = time();
      return settling(({ storage }, claim) =>
        storage.surveys.markSent({ ...claim, sentAt, messageId: null }),
      );
    },
    () =>
      settling(({ storage }, claim) => storage.surveys.markSkipped({ ...claim, reason: "csat_disabled" })),
    () => {
      const failure = {
        retryAt: below(3) === 0 ? null : time(),
        refused: below(2) === 0,
        countsAsAttempt: below(2) === 0,
        error: "RCPT 451",
      };
      return settling(({ storage }, claim) => storage.surveys.markFailed({ ...claim, ...failure }));
    },
    () => settling(({ storage }, claim) => storage.surveys.release([claim])),
    () => {
      const answer = {
        tokenHash: tokens[below(tokens.length + 1)] ?? "unknown",
        rating: pick([1, 2, 3, 4, 5] as const),
        comment: pick(["Fine.", null]),
        respondedAt: time(),
        eventId: `event-${randomUUID()}`,
      };
      return ({ storage }) => storage.responses.record(answer);
    },
    () => {
      const [workspaceId, now] = [workspace(), time()];
      return ({ storage }) => storage.surveys.retryFailed(workspaceId, now);
    },
    () => {
      const refs = tickets().slice(0, 1);
      return ({ storage }) => storage.surveys.erase(refs);
    },
  ];
  // Claims and sends more often, so that surveys get somewhere; erasing less, since nothing comes after it.
  const weights = [1, 3, 2, 4, 3, 2, 1, 2, 1, 3, 1, 0.25];
  const bag = kinds.flatMap((kind, index) => Array.from({ length: (weights[index] ?? 1) * 4 }, () => kind));
  return () => {
    return (bag[below(bag.length)] ?? kinds[0])();
  };
}
