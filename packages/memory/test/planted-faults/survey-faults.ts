import { compareText, type Storage, type SurveyStore } from "@csat/core";
import type { PlantedFault } from "./planted-fault.ts";

type StorageFault = PlantedFault<Storage<unknown>>;

/** The storage with some methods of its surveys replaced. */
function surveys(change: (surveys: SurveyStore) => Partial<SurveyStore>): StorageFault["plant"] {
  return (storage) => ({ ...storage, surveys: { ...storage.surveys, ...change(storage.surveys) } });
}

/** Mistakes with arming and leaving. */
export const armingFaults: readonly StorageFault[] = [
  {
    title: "outcomes come back in another order than the batch",
    caughtBy: "surveys/arm/outcomes-in-order",
    plant: surveys(({ arm }) => ({ arm: async (batch) => (await arm(batch)).toReversed() })),
  },
  {
    title: "times lose their milliseconds",
    caughtBy: "surveys/arm/first-resolution-schedules",
    plant: surveys(({ arm }) => ({
      arm: (batch) =>
        arm(batch.map((one) => ({ ...one, dueAt: new Date(Math.floor(one.dueAt.getTime() / 1000) * 1000) }))),
    })),
  },
  {
    title: "two arms at once both look before they write",
    caughtBy: "surveys/arm/parallel-arms-make-one-survey",
    plant: surveys(({ arm, find }) => ({
      arm: async (batch) => {
        const found = await Promise.all(batch.map(find));
        const outcomes = await arm(batch);
        return outcomes.map((outcome, index) =>
          found[index] === null
            ? { ...outcome, kind: "armed" as const, surveyId: `${batch[index]?.id}`, generation: 1 }
            : outcome,
        );
      },
    })),
  },
  {
    title: "a leaving of a ticket without a survey is forgotten",
    caughtBy: "surveys/arm/leaving-known-before-the-survey",
    plant: surveys(({ leave, find }) => ({
      leave: async (batch) => {
        const known = await Promise.all(batch.map(find));
        return await leave(batch.filter((_, index) => known[index] !== null));
      },
    })),
  },
  {
    title: "a resolution of a scheduled survey is not remembered",
    caughtBy: "surveys/leave/late-leaving-between-two-resolutions",
    plant: surveys(({ arm, find }) => ({
      arm: async (batch) => {
        const known = await Promise.all(batch.map(find));
        if (!known.some((survey) => survey?.status === "scheduled")) return await arm(batch);
        return batch.map(({ workspaceId, ticketId }) => ({
          workspaceId,
          ticketId,
          kind: "already_scheduled",
        }));
      },
    })),
  },
  {
    title: "leavings count by arrival, not by their time",
    caughtBy: "surveys/leave/any-order-of-four-events",
    plant: surveys(({ leave, find }) => ({
      leave: async (batch) => {
        const known = await Promise.all(batch.map(find));
        return await leave(batch.map((one, index) => ({ ...one, at: known[index]?.resolvedAt ?? one.at })));
      },
    })),
  },
  {
    title: "a leaving during a send is not remembered",
    caughtBy: "surveys/mark-failed/what-came-meanwhile",
    plant: surveys(({ leave, find }) => ({
      leave: async (batch) => {
        const known = await Promise.all(batch.map(find));
        if (!known.some((survey) => survey?.status === "sending")) return await leave(batch);
        return batch.map(({ workspaceId, ticketId }) => ({ workspaceId, ticketId, kind: "too_late" }));
      },
    })),
  },
];

/** Mistakes with claims, leases and sends. */
export const sendingFaults: readonly StorageFault[] = [
  {
    title: "claims at the same moment get the same rows",
    caughtBy: "surveys/claim/parallel-claims-share-nothing",
    plant: surveys(({ claimDue }) => {
      let underWay: ReturnType<typeof claimDue> | undefined;
      return {
        claimDue: (claim) => {
          underWay ??= claimDue(claim).finally(() => {
            underWay = undefined;
          });
          return underWay;
        },
      };
    }),
  },
  {
    title: "a claim by name ignores the generation",
    caughtBy: "surveys/claim/only-knows-generations",
    plant: surveys(({ claimDue }) => ({
      claimDue: ({ only, ...claim }) =>
        claimDue(
          only === undefined ? claim : { ...claim, only: { workspaceId: only.workspaceId, id: only.id } },
        ),
    })),
  },
  {
    title: "a claim by name ignores the workspace of the wake-up",
    caughtBy: "surveys/claim/only-narrows",
    plant: surveys(({ claimDue }) => ({
      claimDue: ({ only, ...claim }) => claimDue(only?.generation === undefined ? claim : { ...claim, only }),
    })),
  },
  {
    title: "the oldest surveys go first, whosever they are",
    caughtBy: "surveys/claim/no-workspace-starves",
    plant: surveys(({ claimDue, release }) => ({
      claimDue: async (claim) => {
        const all = await claimDue({ ...claim, limit: 10_000 });
        const oldest = all.toSorted((one, other) => one.row.dueAt.getTime() - other.row.dueAt.getTime());
        const rest = oldest.slice(claim.limit);
        await release(
          rest.map(({ row, leaseId }) => ({ workspaceId: row.workspaceId, id: row.id, leaseId })),
        );
        return oldest.slice(0, claim.limit);
      },
    })),
  },
  {
    title: "the latest due survey goes first",
    caughtBy: "surveys/claim/limit-and-order",
    plant: surveys(({ claimDue, release }) => ({
      claimDue: async (claim) => {
        const all = await claimDue({ ...claim, limit: 10_000 });
        const latest = all.toSorted((one, other) => other.row.dueAt.getTime() - one.row.dueAt.getTime());
        const rest = latest.slice(claim.limit);
        await release(
          rest.map(({ row, leaseId }) => ({ workspaceId: row.workspaceId, id: row.id, leaseId })),
        );
        return latest.slice(0, claim.limit);
      },
    })),
  },
  {
    title: "leases never end",
    caughtBy: "surveys/lease/ended-lease-is-claimed-again",
    plant: surveys(({ claimDue }) => ({
      claimDue: (claim) => claimDue({ ...claim, leaseForMs: 10_000_000 }),
    })),
  },
  {
    title: "a send begins without asking for the lease",
    caughtBy: "surveys/lease/ended-lease-begins-nothing",
    plant: surveys(({ beginSend }) => ({
      beginSend: async (claim, send) => {
        await beginSend(claim, send);
        return true;
      },
    })),
  },
  {
    title: "a late writer is told that it is done",
    caughtBy: "surveys/lease/late-writer-changes-nothing",
    plant: surveys(({ markSent }) => ({
      markSent: async (done) => {
        await markSent(done);
        return "done";
      },
    })),
  },
  {
    title: "outages count as attempts",
    caughtBy: "surveys/mark-failed/what-counts-as-attempt",
    plant: surveys(({ markFailed }) => ({
      markFailed: (failure) => markFailed({ ...failure, countsAsAttempt: true }),
    })),
  },
  {
    title: "a mail of unknown fate counts as refused",
    caughtBy: "surveys/mark-failed/may-have-reached",
    plant: surveys(({ markFailed }) => ({
      markFailed: (failure) => markFailed({ ...failure, refused: true }),
    })),
  },
  {
    title: "a released survey stays leased",
    caughtBy: "surveys/release/back-as-it-was",
    plant: surveys(() => ({ release: async () => {} })),
  },
  {
    title: "retrying failed surveys reaches into other workspaces' count",
    caughtBy: "surveys/retry-failed/only-failed-ones",
    plant: surveys(({ retryFailed }) => ({
      retryFailed: async (workspaceId, now) => Math.max(1, await retryFailed(workspaceId, now)),
    })),
  },
  {
    title: "unknown tickets leave no tombstone",
    caughtBy: "surveys/erase/unknown-tickets",
    plant: surveys(({ erase, find }) => ({
      erase: async (refs) => {
        const known = await Promise.all(refs.map(find));
        await erase(
          refs
            .filter((_, index) => known[index] !== null)
            .toSorted((one, other) => compareText(one.ticketId, other.ticketId)),
        );
      },
    })),
  },
];
