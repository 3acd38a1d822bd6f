import { expectEqual, expectTrue } from "../assertions.ts";
import { aChange, aHead, aKey, givenUp, minute, someKeys, waiting } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import {
  claim,
  claimedIds,
  claimOnceLeaseEnds,
  claimOne,
  leased,
  mustWrite,
  outcomeOf,
  rewritten,
  shortLeaseMs,
  stored,
  untilLeaseEnds,
} from "../steps.ts";

/** How leases end and are kept. */
export const leaseCases: readonly StorageCase[] = [
  {
    id: "lease/ends-by-the-database-clock",
    rule: "A lease ends after its time on the database's clock, whatever time callers say it is; who claims then is told that the work may have happened.",
    async run({ storage, otherProcess }) {
      for (const kind of ["ticket", "event"] as const) {
        const key = await stored(storage.auto, aKey({ kind }), { due: waiting(minute(60), minute(5)) });
        const first = await claimOne(storage.auto, { kind, leaseForMs: shortLeaseMs });
        const [second] = await claimOnceLeaseEnds(otherProcess.auto, { kind });
        expectEqual(
          [first.resumed, second?.resumed],
          [false, true],
          "resumed, at the first and the second claim",
        );
        expectTrue(first.leaseId !== second?.leaseId, "the second lease has an id of its own");
        expectEqual<unknown>([second?.head.key, second?.due], [key, first.due], "what was claimed again");
      }
    },
  },
  {
    id: "lease/every-holder-is-told",
    rule: "Every claim after a lease that ran out says so, until a write sets what is due or gives the lease back.",
    async run({ storage }) {
      const key = await stored(storage.auto, aKey(), { due: waiting() });
      await claimOne(storage.auto, { leaseForMs: shortLeaseMs });
      for (let again = 0; again < 3; again++) {
        const [one] = await claimOnceLeaseEnds(storage.auto, { leaseForMs: shortLeaseMs });
        expectEqual(one?.resumed, true, "resumed, after a lease that ran out");
      }
      await untilLeaseEnds(storage);
      await rewritten(storage.auto, key, { due: waiting() });
      expectEqual((await claimOne(storage.auto)).resumed, false, "resumed, after what is due was set anew");
    },
  },
  {
    id: "lease/setting-due-ends-it",
    rule: "Setting what is due ends a lease: the record is claimed at its time, and its old holder has lost it.",
    async run({ storage }) {
      for (const kind of ["ticket", "event"] as const) {
        const key = aKey({ kind });
        const { leaseId } = await leased(storage.auto, key);
        await rewritten(storage.auto, key, { due: waiting() });
        const late = aChange([aHead(key, { expected: 2, lease: { id: leaseId, extendMs: null } })]);
        expectEqual(await outcomeOf(storage.auto, late), "lost_lease", "a write of the old holder");
        expectEqual((await claimOne(storage.auto, { kind })).resumed, false, "resumed, at the next claim");
        expectEqual(
          await outcomeOf(storage.auto, late),
          "lost_lease",
          "a write of the old holder under the new lease",
        );
      }
    },
  },
  {
    id: "lease/given-up-ends-it",
    rule: "A record that is given up or has nothing due any more is leased to nobody.",
    async run({ storage }) {
      for (const due of [givenUp(), null]) {
        const key = aKey();
        const { leaseId } = await leased(storage.auto, key);
        await rewritten(storage.auto, key, { due });
        const late = aChange([aHead(key, { expected: 2, lease: { id: leaseId, extendMs: null } })]);
        expectEqual(await outcomeOf(storage.auto, late), "lost_lease", "a write of the old holder");
        expectEqual((await storage.backlog(minute(60))).expiredLeases, 0, "leases that ran out");
      }
    },
  },
  {
    id: "lease/other-writes-keep-it",
    rule: "A write that names neither what is due nor the lease leaves both: the holder goes on with the next version.",
    async run({ storage }) {
      const key = aKey();
      const { leaseId } = await leased(storage.auto, key);
      await rewritten(storage.auto, key);
      expectEqual(await claimedIds(storage.auto), [], "a claim of what is still leased");
      const next = aChange([aHead(key, { expected: 2, lease: { id: leaseId, extendMs: null } })]);
      expectEqual(await outcomeOf(storage.auto, next), "written", "the next write of the holder");
    },
  },
  {
    id: "lease/given-back",
    rule: "A lease that is extended by 0 is given back: the record can be claimed at once, as if nobody had held it.",
    async run({ storage }) {
      for (const kind of ["ticket", "event"] as const) {
        const key = aKey({ kind });
        const { leaseId } = await leased(storage.auto, key);
        await mustWrite(
          storage.auto,
          aChange([aHead(key, { expected: 1, lease: { id: leaseId, extendMs: 0 } })]),
        );
        const again = await claimOne(storage.auto, { kind });
        expectEqual(again.resumed, false, "resumed, after it was given back");
        const late = aChange([aHead(key, { expected: 2, lease: { id: leaseId, extendMs: null } })]);
        expectEqual(await outcomeOf(storage.auto, late), "lost_lease", "a write of who gave it back");
      }
    },
  },
  {
    id: "lease/extended-from-now",
    rule: "`extendMs` is how long the lease lasts from the write on: a long one may become short.",
    async run({ storage }) {
      for (const kind of ["ticket", "event"] as const) {
        const key = aKey({ kind });
        const { leaseId } = await leased(storage.auto, key);
        const lease = { id: leaseId, extendMs: shortLeaseMs };
        await mustWrite(storage.auto, aChange([aHead(key, { expected: 1, lease })]));
        const [again] = await claimOnceLeaseEnds(storage.auto, { kind });
        expectEqual(again?.resumed, true, "resumed, after the shortened lease");
      }
    },
  },
  {
    id: "lease/extended-outlives-the-others",
    rule: "An extended lease goes on when those that were claimed with it have ended; one that is extended by null ends with them.",
    async run({ storage }) {
      const names = ["extended", "kept", "witness"];
      // The lease has to last until the two writes are done: on a slow machine it takes a longer one.
      for (let leaseForMs = 250; ; leaseForMs *= 2) {
        const keys = names.map((id) => aKey({ workspaceId: `lease of ${leaseForMs}`, id }));
        for (const key of keys) await stored(storage.auto, key, { due: waiting() });
        const claimed = await claim(storage.auto, { leaseForMs });
        const outcomes = [];
        for (const [id, extendMs] of [
          ["extended", 600_000],
          ["kept", null],
        ] as const) {
          const one = claimed.find(({ head }) => head.key.id === id);
          const lease = { id: `${one?.leaseId}`, extendMs };
          const key = one?.head.key ?? aKey();
          outcomes.push(await outcomeOf(storage.auto, aChange([aHead(key, { expected: 1, lease })])));
        }
        if (outcomes.includes("lost_lease") && leaseForMs < 30_000) {
          for (const key of keys) await rewritten(storage.auto, key, { due: null });
          continue;
        }
        expectEqual(outcomes, ["written", "written"], "writes under the leases");
        const seen = new Set<string>();
        while (seen.size < 2)
          for (const { head } of await claimOnceLeaseEnds(storage.auto, {}, leaseForMs))
            seen.add(head.key.id);
        expectEqual(seen, new Set(["kept", "witness"]), "leases that ended");
        return;
      }
    },
  },
  {
    id: "lease/in-a-transaction",
    rule: "A lease that is given back or extended in a transaction is as it was when that is rolled back.",
    async run({ storage }) {
      const [key = aKey()] = someKeys(1);
      const { leaseId } = await leased(storage.auto, key);
      const rolledBack = new Error("rolled back");
      const lease = { id: leaseId, extendMs: 0 };
      await storage
        .own(async (session) => {
          await mustWrite(session, aChange([aHead(key, { expected: 1, lease })]));
          throw rolledBack;
        })
        .catch((error: unknown) => {
          if (error !== rolledBack) throw error;
        });
      expectEqual(await claimedIds(storage.auto), [], "a claim of what is still leased");
      await mustWrite(storage.auto, aChange([aHead(key, { expected: 1, lease })]));
      expectEqual(await claimedIds(storage.auto), [key.id], "a claim after it was given back");
    },
  },
];
