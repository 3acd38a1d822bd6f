import type { HeadChange, Key } from "@csat/core";
import { expectEqual } from "../assertions.ts";
import { aChange, aHead, aKey, givenUp, waiting } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import {
  claimOnceLeaseEnds,
  claimOne,
  headOf,
  leased,
  mustWrite,
  outcomeOf,
  rewritten,
  shortLeaseMs,
  stored,
  untilLeaseEnds,
} from "../steps.ts";

const held = (id: string): NonNullable<HeadChange["lease"]> => ({ id, extendMs: null });

/** What a lease allows to write. */
export const leaseWriteCases: readonly StorageCase[] = [
  {
    id: "lease/write/the-holder",
    rule: "The holder of a lease writes, again and again while it lasts, and ends it with what is due.",
    async run({ storage, otherProcess }) {
      for (const kind of ["ticket", "event"] as const) {
        const key = aKey({ kind });
        const { leaseId } = await leased(storage.auto, key);
        for (const expected of [1, 2])
          await mustWrite(otherProcess.auto, aChange([aHead(key, { expected, lease: held(leaseId) })]));
        await mustWrite(
          storage.auto,
          aChange([aHead(key, { expected: 3, lease: held(leaseId), due: null })]),
        );
        const late = aChange([aHead(key, { expected: 4, lease: held(leaseId) })]);
        expectEqual(await outcomeOf(storage.auto, late), "lost_lease", "a write after the end");
        expectEqual((await headOf(storage.auto, key)).version, 4, "the version that stands");
      }
    },
  },
  {
    id: "lease/write/somebody-else",
    rule: "A lease that the writer does not hold lets nothing be written: another id, one of another record, or none at all.",
    async run({ storage }) {
      const key = aKey();
      const { leaseId } = await leased(storage.auto, key);
      const other = aKey({ workspaceId: key.workspaceId });
      await leased(storage.auto, other);
      const unleased = await stored(storage.auto, aKey(), { due: waiting() });
      const failed = await stored(storage.auto, aKey(), { due: givenUp() });
      const settled = await stored(storage.auto, aKey());
      const wrong: readonly (readonly [Key, string])[] = [
        [key, "of nobody"],
        [key, ""],
        [other, leaseId],
        [unleased, leaseId],
        [failed, leaseId],
        [settled, leaseId],
      ];
      for (const [place, [one, id]] of wrong.entries()) {
        const change = aChange([aHead(one, { expected: 1, lease: held(id) })]);
        expectEqual(await outcomeOf(storage.auto, change), "lost_lease", `the outcome of write ${place}`);
        expectEqual((await headOf(storage.auto, one)).version, 1, "the version that stands");
      }
    },
  },
  {
    id: "lease/write/absent-record",
    rule: "A record that is not stored is leased to nobody, also for a first version.",
    async run({ storage }) {
      for (const kind of ["ticket", "event"] as const) {
        const key = aKey({ kind });
        const change = aChange([aHead(key, { lease: held("of nobody") })]);
        expectEqual(await outcomeOf(storage.auto, change), "lost_lease", `the outcome for a ${kind}`);
        expectEqual((await headOf(storage.auto, key)).version, 0, "the version that stands");
      }
    },
  },
  {
    id: "lease/write/after-it-ran-out",
    rule: "A lease that ran out lets nothing be written, whether or not somebody has claimed the record since.",
    async run({ storage }) {
      for (const isClaimed of [false, true]) {
        const key = await stored(storage.auto, aKey(), { due: waiting() });
        const { leaseId } = await claimOne(storage.auto, { leaseForMs: shortLeaseMs });
        if (isClaimed) await claimOnceLeaseEnds(storage.auto);
        else await untilLeaseEnds(storage);
        for (const extendMs of [null, 0, 600_000]) {
          const change = aChange([aHead(key, { expected: 1, lease: { id: leaseId, extendMs } })]);
          expectEqual(await outcomeOf(storage.auto, change), "lost_lease", `extended by ${extendMs}`);
        }
        expectEqual((await headOf(storage.auto, key)).version, 1, "the version that stands");
        await rewritten(storage.auto, key, { due: null });
      }
    },
  },
  {
    id: "lease/write/conflicts-come-first",
    rule: "Where both a version and a lease are wrong, of one record or of two, the outcome is a conflict.",
    async run({ storage }) {
      const key = aKey();
      await leased(storage.auto, key);
      const wrongLease = held("of nobody");
      const ofOne = aChange([aHead(key, { expected: 7, lease: wrongLease })]);
      expectEqual(await outcomeOf(storage.auto, ofOne), "conflict", "both wrong of one record");
      const customer = aKey({ kind: "customer", workspaceId: key.workspaceId });
      const ofTwo = aChange([
        aHead(key, { expected: 1, lease: wrongLease }),
        aHead(customer, { expected: 7 }),
      ]);
      expectEqual(await outcomeOf(storage.auto, ofTwo), "conflict", "each wrong of one record");
    },
  },
  {
    id: "lease/write/beside-records-without",
    rule: "A change may hold the lease of one record and write others beside it, without any lease of theirs.",
    async run({ storage }) {
      const ticket = aKey();
      const { leaseId } = await leased(storage.auto, ticket);
      const event = aKey({ kind: "event", workspaceId: ticket.workspaceId });
      const customer = aKey({ kind: "customer", workspaceId: ticket.workspaceId });
      await mustWrite(
        storage.auto,
        aChange([
          aHead(ticket, { expected: 1, lease: held(leaseId), due: null }),
          aHead(customer),
          aHead(event, { due: waiting() }),
        ]),
      );
      const heads = await storage.auto.read([ticket, customer, event]);
      expectEqual(
        heads.map(({ version }) => version),
        [2, 1, 1],
        "the versions",
      );
    },
  },
  {
    id: "lease/write/equal-ids",
    rule: "The lease of a record is worth nothing for one of the same id in another workspace or of another kind.",
    async run({ storage }) {
      const ticket = aKey({ workspaceId: "acme", id: "same" });
      const { leaseId } = await leased(storage.auto, ticket);
      const others = [
        aKey({ workspaceId: "globex", id: "same" }),
        aKey({ kind: "event", workspaceId: "acme", id: "same" }),
      ];
      for (const other of others) {
        await stored(storage.auto, other, { due: waiting() });
        const change = aChange([aHead(other, { expected: 1, lease: held(leaseId), due: null })]);
        expectEqual(
          await outcomeOf(storage.auto, change),
          "lost_lease",
          `the ${other.kind} of ${other.workspaceId}`,
        );
        await claimOne(storage.auto, { kind: other.kind });
      }
      await mustWrite(storage.auto, aChange([aHead(ticket, { expected: 1, lease: held(leaseId) })]));
    },
  },
];
