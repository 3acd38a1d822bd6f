import type { Claimed, Store } from "@csat/core";
import { expectEqual, expectTrue } from "../assertions.ts";
import { aChange, aHead, aKey, minute, someKeys, waiting } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import { whileOpen } from "../open-transaction.ts";
import { claim, claimedIds, claimOne, mustWrite, outcomeOf, stored } from "../steps.ts";

/** Several claimers at once. */
export const claimRaceCases: readonly StorageCase[] = [
  {
    // S10
    id: "claim/race/share-nothing",
    rule: "Ten simultaneous claimers, through two handles, never get the same record, and together they get all of them.",
    async run({ storage, otherProcess }) {
      const keys = ["a", "b", "c"].flatMap((workspaceId) => someKeys(40, { workspaceId }));
      await mustWrite(storage.auto, ...keys.map((key) => aChange([aHead(key, { due: waiting() })])));
      const claimed: Claimed[] = [];
      // A claimer may come back with less than it wanted: what the others looked at in that moment.
      for (let round = 0; round < 100 && claimed.length < keys.length; round++) {
        const stores = Array.from(
          { length: 10 },
          (_, place): Store<unknown> => (place % 2 ? storage : otherProcess),
        );
        const rounds = await Promise.all(stores.map((store) => claim(store.auto, { limit: 9 })));
        for (const one of rounds) expectTrue(one.length <= 9, "a claim keeps its limit");
        claimed.push(...rounds.flat());
      }
      expectEqual(claimed.length, keys.length, "records claimed in all");
      const names = new Set(claimed.map(({ head: { key } }) => `${key.workspaceId} ${key.id}`));
      expectEqual(names.size, keys.length, "different records claimed");
      expectEqual(new Set(claimed.map(({ leaseId }) => leaseId)).size, keys.length, "different leases");
    },
  },
  {
    id: "claim/race/one-record",
    rule: "Of 20 simultaneous claimers of one record one gets it.",
    async run({ storage, otherProcess }) {
      for (const kind of ["ticket", "event"] as const) {
        await stored(storage.auto, aKey({ kind }), { due: waiting() });
        const claims = await Promise.all(
          Array.from({ length: 20 }, (_, place) =>
            claim((place % 2 ? storage : otherProcess).auto, { kind }),
          ),
        );
        expectEqual(claims.flat().length, 1, `claimers of one ${kind}`);
      }
    },
  },
  {
    id: "claim/race/behind-an-open-claim",
    rule: "What a transaction has claimed nobody else gets while it is open, and afterwards only when it is rolled back.",
    async run({ storage, otherProcess }) {
      for (const end of ["commit", "rollback"] as const) {
        const workspaceId = `around a ${end}`;
        await stored(storage.auto, aKey({ workspaceId }), { due: waiting(minute(59)) });
        const key = await stored(storage.auto, aKey({ workspaceId }), { due: waiting() });
        // Takes the older one: whatever a claim does to records that it looks at has happened to the other, too.
        await claimOne(storage.auto, { limit: 1 });
        const { first, meanwhile } = await whileOpen({
          store: storage,
          beside: otherProcess,
          first: (session) => claimedIds(session),
          meanwhile: () => claimedIds(otherProcess.auto),
          end,
        });
        expectEqual(first, [key.id], "the claim inside");
        // A store that waits for the transaction may find it free again.
        const later = [...meanwhile, ...(await claimedIds(otherProcess.auto))];
        expectEqual(later, end === "commit" ? [] : [key.id], `claims outside, around a ${end}`);
      }
    },
  },
  {
    id: "claim/race/behind-an-open-write",
    rule: "A claim never takes what an open transaction takes out of the due work: the record comes back as it stands, or not at all.",
    async run({ storage, otherProcess }) {
      const key = await stored(storage.auto, aKey(), { due: waiting() });
      const { meanwhile } = await whileOpen({
        store: storage,
        beside: otherProcess,
        first: (session) =>
          outcomeOf(session, aChange([aHead(key, { expected: 1, state: { text: "second" }, due: null })])),
        meanwhile: () => claim(otherProcess.auto),
      });
      for (const { head, leaseId } of meanwhile) {
        // Claimed before the write was there to be seen: then its lease is worth nothing.
        const change = aChange([
          aHead(key, { expected: head.version, lease: { id: leaseId, extendMs: null } }),
        ]);
        expectTrue(
          (await outcomeOf(storage.auto, change)) !== "written",
          "such a lease lets nothing be written",
        );
      }
      expectEqual(await claimedIds(storage.auto), [], "a later claim");
    },
  },
];
