import { expectEqual, expectTrue } from "../assertions.ts";
import { minute, uniqueId } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import {
  aDeadDelivery,
  aDelivery,
  aMadeDelivery,
  claimEvent,
  findEvent,
  raiseEvent,
  settleEvent,
} from "../events.ts";
import { shortLeaseMs } from "../lease.ts";
import { longLeaseMs } from "../steps.ts";

const claimAll = { now: minute(120), leaseForMs: longLeaseMs, limit: 100 };

/** Events on their way to receivers. */
export const outboxCases: readonly StorageCase[] = [
  {
    id: "outbox/claim/new-event-is-due",
    rule: "A new event is due until its endpoints were asked for: claimed as raised, without deliveries, by one worker only.",
    async run({ storage, otherProcess }) {
      const event = await raiseEvent({ storage });
      const raised = await findEvent({ storage, event });
      const claimed = await storage.outbox.claimDue(claimAll);
      expectEqual(
        claimed.map(({ row, resumed }) => ({ row, resumed })),
        [{ row: raised, resumed: false }],
        "the claim",
      );
      expectEqual([raised.id, raised.deliveries], [event.id, []], "the event");
      expectEqual(await otherProcess.outbox.claimDue(claimAll), [], "a second claim");
    },
  },
  {
    id: "outbox/claim/ended-lease",
    rule: "An event whose lease has ended is claimed again, as resumed, and its first worker settles nothing.",
    async run({ storage, otherProcess }) {
      const event = await raiseEvent({ storage });
      const [first] = await storage.outbox.claimDue({ ...claimAll, leaseForMs: shortLeaseMs });
      let again = await otherProcess.outbox.claimDue(claimAll);
      for (let tries = 0; again.length === 0 && tries < 20_000; tries++) {
        await new Promise((resolve) => setImmediate(resolve));
        again = await otherProcess.outbox.claimDue(claimAll);
      }
      expectEqual(
        again.map(({ row, resumed }) => [row.id, resumed]),
        [[event.id, true]],
        "the second claim",
      );
      expectTrue(first?.leaseId !== again[0]?.leaseId, "every claim has a lease of its own");
      const { workspaceId, id } = event;
      const stale = { workspaceId, id, leaseId: `${first?.leaseId}` };
      expectEqual(
        await storage.outbox.settle({ ...stale, deliveries: [aMadeDelivery()] }),
        "lost_lease",
        "settle of the first worker",
      );
      expectEqual((await findEvent({ storage, event })).deliveries, [], "the deliveries");
      const current = { workspaceId, id, leaseId: `${again[0]?.leaseId}` };
      expectEqual(
        await storage.outbox.settle({ ...current, deliveries: [] }),
        "done",
        "settle of the second",
      );
    },
  },
  {
    id: "outbox/settle/unknown-leases",
    rule: "A lease that never was, or of another workspace or event, settles nothing.",
    async run({ storage }) {
      const event = await raiseEvent({ storage });
      const other = await raiseEvent({ storage });
      const claim = await claimEvent({ storage, event });
      const otherClaim = await claimEvent({ storage, event: other });
      for (const wrong of [
        { ...claim, leaseId: uniqueId("lease") },
        { ...claim, leaseId: otherClaim.leaseId },
        { ...claim, workspaceId: other.workspaceId },
        { ...claim, id: uniqueId("event") },
      ]) {
        // Ended for good, or to be tried again: an adapter may write the two in different ways.
        for (const delivery of [aMadeDelivery(), aDelivery()]) {
          const outcome = await storage.outbox.settle({ ...wrong, deliveries: [delivery] });
          expectEqual(outcome, "lost_lease", `settle, ${delivery.state}`);
          expectEqual((await findEvent({ storage, event })).deliveries, [], "the deliveries");
        }
      }
    },
  },
  {
    id: "outbox/settle/once-per-claim",
    rule: "A lease is over once its event is settled: settling again has lost it and replaces nothing.",
    async run({ storage }) {
      const event = await raiseEvent({ storage });
      const claim = await claimEvent({ storage, event });
      const deliveries = [aDelivery()];
      expectEqual(await storage.outbox.settle({ ...claim, deliveries }), "done", "the first settling");
      expectEqual(
        await storage.outbox.settle({ ...claim, deliveries: [] }),
        "lost_lease",
        "the second settling",
      );
      expectEqual((await findEvent({ storage, event })).deliveries, deliveries, "the deliveries");
    },
  },
  {
    id: "outbox/settle/pending-is-due-at-its-time",
    rule: "An event with a pending delivery is due at the earliest `retryAt`, and claimed with the deliveries as they were stored.",
    async run({ storage, otherProcess }) {
      const event = await raiseEvent({ storage });
      const deliveries = [
        aMadeDelivery("made"),
        aDelivery({ endpointId: "late", attempts: 2, retryAt: minute(300), lastError: "HTTP 500" }),
        aDelivery({ endpointId: "soon", attempts: 1, retryAt: minute(130), lastError: `"timeout" 😀` }),
        aDeadDelivery("dead"),
      ];
      await settleEvent({ storage, event, deliveries });
      expectEqual(await otherProcess.outbox.claimDue({ ...claimAll, now: minute(129) }), [], "due before");
      const claimed = await otherProcess.outbox.claimDue({ ...claimAll, now: minute(130) });
      expectEqual(
        claimed.map(({ row }) => row.deliveries),
        [deliveries],
        "the claimed deliveries",
      );
    },
  },
  {
    id: "outbox/settle/settled-for-good",
    rule: "An event without any pending delivery, or with none at all, is settled: never due again, and still listed.",
    async run({ storage }) {
      const ends = [[], [aMadeDelivery()], [aMadeDelivery(), aDeadDelivery()], [aDeadDelivery()]];
      for (const deliveries of ends) {
        const event = await raiseEvent({ storage });
        await settleEvent({ storage, event, deliveries });
        expectEqual(
          await storage.outbox.claimDue({ ...claimAll, now: minute(1_000_000) }),
          [],
          `due after ${deliveries.length} deliveries`,
        );
        expectEqual((await findEvent({ storage, event })).deliveries, deliveries, "the deliveries");
      }
    },
  },
  {
    id: "outbox/settle/replaces-deliveries",
    rule: "Settling replaces all deliveries of the event by the given ones.",
    async run({ storage }) {
      const event = await raiseEvent({ storage });
      await settleEvent({
        storage,
        event,
        deliveries: [aDelivery({ endpointId: "a" }), aDelivery({ endpointId: "b" })],
      });
      const next = [aMadeDelivery("b")];
      await settleEvent({ storage, event, deliveries: next, now: minute(130) });
      expectEqual((await findEvent({ storage, event })).deliveries, next, "the deliveries");
    },
  },
  {
    id: "outbox/claim/only-and-limit",
    rule: "A claim takes the named event alone, or at most `limit` events; a limit of 0 takes none.",
    async run({ storage }) {
      const workspaceId = uniqueId("workspace");
      const event = await raiseEvent({ storage, workspaceId });
      for (let more = 0; more < 3; more++) await raiseEvent({ storage, workspaceId });
      expectEqual(await storage.outbox.claimDue({ ...claimAll, limit: 0 }), [], "a claim of none");
      const foreign = { workspaceId: uniqueId("workspace"), id: event.id };
      expectEqual(await storage.outbox.claimDue({ ...claimAll, only: foreign }), [], "another workspace's");
      const only = { workspaceId, id: event.id };
      expectEqual(
        (await storage.outbox.claimDue({ ...claimAll, only })).map(({ row }) => row.id),
        [event.id],
        "the named event",
      );
      const sizes = [];
      for (let claim = 0; claim < 3; claim++) {
        sizes.push((await storage.outbox.claimDue({ ...claimAll, limit: 2 })).length);
      }
      expectEqual(sizes, [2, 1, 0], "events per claim of two");
    },
  },
  {
    id: "outbox/claim/left-out-workspaces-hide-no-others",
    rule: "A claim that leaves workspaces out still gets the due events of all others.",
    async run({ storage }) {
      const out = await raiseEvent({ storage });
      const event = await raiseEvent({ storage });
      const claimed = await storage.outbox.claimDue({ ...claimAll, exceptWorkspaces: [out.workspaceId] });
      expectEqual(
        claimed.map(({ row }) => row.id).filter((id) => id !== out.id),
        [event.id],
        "the events of the others",
      );
    },
  },
  {
    id: "outbox/claim/no-workspace-starves",
    rule: "While others wait, no workspace takes a whole batch of events.",
    async run({ storage }) {
      const workspaceId = uniqueId("workspace");
      for (let more = 0; more < 20; more++) await raiseEvent({ storage, workspaceId, at: minute(100) });
      const single = await raiseEvent({ storage, at: minute(119) });
      const first = await storage.outbox.claimDue({ ...claimAll, limit: 4 });
      const second = await storage.outbox.claimDue({ ...claimAll, limit: 4 });
      const claimed = [...first, ...second].map(({ row }) => row.id);
      expectEqual([first.length, claimed.length], [4, 8], "the sizes of the batches");
      expectTrue(claimed.includes(single.id), "the single event leaves within two batches");
    },
  },
  {
    id: "outbox/claim/parallel-claims-share-nothing",
    rule: "Ten claims at once through two handles never lease one event twice.",
    async run({ storage, otherProcess }) {
      for (let more = 0; more < 30; more++) {
        await raiseEvent({ storage, workspaceId: `workspace-${more % 3}` });
      }
      const batches = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          (index % 2 === 0 ? storage : otherProcess).outbox.claimDue({ ...claimAll, limit: 5 }),
        ),
      );
      const ids = batches.flat().map(({ row }) => row.id);
      for (let more = 1; more > 0; ) {
        const batch = await storage.outbox.claimDue({ ...claimAll, limit: 5 });
        ids.push(...batch.map(({ row }) => row.id));
        more = batch.length;
      }
      expectEqual([ids.length, new Set(ids).size], [30, 30], "events claimed, and different ones");
    },
  },
];
