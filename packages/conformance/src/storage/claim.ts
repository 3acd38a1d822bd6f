import { expectEqual } from "../assertions.ts";
import { aChange, aHead, aKey, givenUp, minute, someKeys, utc, waiting } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import { claim, claimedIds, claimOne, headOf, mustWrite, rewritten, stored } from "../steps.ts";

/** What a claim leases. */
export const claimCases: readonly StorageCase[] = [
  {
    id: "claim/due-from-its-time-on",
    rule: "A record is claimed from its `wakeAt` on, to the millisecond, and not before.",
    async run({ storage }) {
      const wakeAt = utc("2026-03-02T10:00:00.123Z");
      for (const kind of ["ticket", "event"] as const) {
        const key = await stored(storage.auto, aKey({ kind }), { due: waiting(wakeAt) });
        const before = new Date(wakeAt.getTime() - 1);
        expectEqual(await claimedIds(storage.auto, { kind, now: before }), [], "a millisecond before");
        expectEqual(await claimedIds(storage.auto, { kind, now: wakeAt }), [key.id], "at its time");
      }
    },
  },
  {
    id: "claim/as-it-stands",
    rule: "A claim answers the record as it stands and both of its times, and leaves version and document alone.",
    async run({ storage }) {
      for (const kind of ["ticket", "event"] as const) {
        const key = await stored(storage.auto, aKey({ kind }));
        const due = waiting(utc("2026-03-02T10:00:00.123Z"), utc("2026-02-27T23:59:59.999Z"));
        await rewritten(storage.auto, key, { state: { text: "second" }, due });
        const { leaseId, ...claimed } = await claimOne(storage.auto, { kind, now: minute(70) });
        const head = { key, version: 2, state: { text: "second" } };
        expectEqual<unknown>(claimed, { head, resumed: false, due }, "what was claimed");
        expectEqual(typeof leaseId, "string", "the type of the lease's id");
        expectEqual(await headOf(storage.auto, key), head, "the record after the claim");
      }
    },
  },
  {
    id: "claim/leased-to-one",
    rule: "What is leased is nobody else's, of this handle or another, however late the other's clock says it is.",
    async run({ storage, otherProcess }) {
      const key = await stored(storage.auto, aKey(), { due: waiting() });
      expectEqual(await claimedIds(storage.auto), [key.id], "the first claim");
      for (const now of [minute(60), minute(5_000_000)]) {
        expectEqual(await claimedIds(storage.auto, { now }), [], "a second claim");
        expectEqual(await claimedIds(otherProcess.auto, { now }), [], "the claim of another process");
      }
    },
  },
  {
    id: "claim/limit-and-order",
    rule: "Within a workspace the oldest `wakeAt` goes first, at most `limit` of them, and a limit of 0 is none.",
    async run({ storage }) {
      const keys = someKeys(7);
      // Neither in the order of ids nor of writing.
      const places = [3, 6, 0, 5, 1, 4, 2];
      for (const place of places) {
        await stored(storage.auto, keys[place] ?? aKey(), { due: waiting(minute(60 - place), minute(0)) });
      }
      const oldestFirst = keys.toReversed().map(({ id }) => id);
      expectEqual(await claimedIds(storage.auto, { limit: 0 }), [], "a claim of none");
      expectEqual(await claimedIds(storage.auto, { limit: 3 }), oldestFirst.slice(0, 3), "the first three");
      expectEqual(await claimedIds(storage.auto, { limit: 1 }), oldestFirst.slice(3, 4), "the fourth");
      expectEqual(await claimedIds(storage.auto, { limit: 100 }), oldestFirst.slice(4), "the others");
    },
  },
  {
    id: "claim/oldest-of-many",
    rule: "Of hundreds that are due in one workspace a small claim takes the oldest, in whatever order they were written.",
    async run({ storage }) {
      const keys = someKeys(500);
      await mustWrite(
        storage.auto,
        // 500 and 7 share no divisor: every minute once, in neither order of ids nor of time.
        ...keys.map((key, place) => aChange([aHead(key, { due: waiting(minute((place * 7) % 500)) })])),
      );
      const oldestFirst = keys
        .map(({ id }, place) => ({ id, wakeAt: (place * 7) % 500 }))
        .toSorted((one, other) => one.wakeAt - other.wakeAt)
        .map(({ id }) => id);
      const now = minute(1000);
      expectEqual(await claimedIds(storage.auto, { now, limit: 1 }), oldestFirst.slice(0, 1), "the oldest");
      expectEqual(
        await claimedIds(storage.auto, { now, limit: 4 }),
        oldestFirst.slice(1, 5),
        "the next four",
      );
      expectEqual(await claimedIds(storage.auto, { now, limit: 2 }), oldestFirst.slice(5, 7), "the next two");
    },
  },
  {
    id: "claim/one-kind",
    rule: "A claim of tickets leases no event, and the other way round, also where both have one id.",
    async run({ storage }) {
      const ids = { workspaceId: "acme", id: "same" };
      for (const kind of ["ticket", "event"] as const) {
        await stored(storage.auto, aKey({ kind, ...ids }), { due: waiting(), state: { kind } });
      }
      for (const kind of ["ticket", "event"] as const) {
        const { head } = await claimOne(storage.auto, { kind });
        expectEqual(head, { key: { kind, ...ids }, version: 1, state: { kind } }, "what was claimed");
      }
    },
  },
  {
    id: "claim/nothing-due",
    rule: "Records without anything due, with a later time, or given up are never claimed.",
    async run({ storage }) {
      for (const kind of ["ticket", "event"] as const) {
        await stored(storage.auto, aKey({ kind }));
        await stored(storage.auto, aKey({ kind }), { due: null });
        await stored(storage.auto, aKey({ kind }), { due: waiting(minute(61), minute(0)) });
        await stored(storage.auto, aKey({ kind }), { due: givenUp("refused", minute(0)) });
        expectEqual(await claimedIds(storage.auto, { kind }), [], `${kind}s claimed`);
      }
    },
  },
  {
    id: "claim/due-changes",
    rule: "What is due follows the last write that names it: kept where it is left out, moved, given up, taken away and set again.",
    async run({ storage }) {
      for (const kind of ["ticket", "event"] as const) {
        const key = await stored(storage.auto, aKey({ kind }), { due: waiting() });
        const steps = [
          { due: undefined, claimed: [key.id] },
          { due: waiting(minute(90)), claimed: [] },
          { due: waiting(minute(30)), claimed: [key.id] },
          { due: givenUp(), claimed: [] },
          { due: waiting(minute(60)), claimed: [key.id] },
          { due: null, claimed: [] },
          { due: waiting(minute(59)), claimed: [key.id] },
        ];
        for (const [place, { due, claimed }] of steps.entries()) {
          await rewritten(storage.auto, key, { due });
          expectEqual(await claimedIds(storage.auto, { kind }), claimed, `${kind}s after step ${place}`);
        }
      }
    },
  },
  {
    id: "claim/put-off",
    rule: "What had come due and is put off waits for its new time, though claims have looked at it.",
    async run({ storage }) {
      const [key = aKey(), other = aKey()] = someKeys(2);
      await stored(storage.auto, key, { due: waiting(minute(59)) });
      await stored(storage.auto, other, { due: waiting(minute(60)) });
      // This one looks at both and takes the older.
      expectEqual(await claimedIds(storage.auto, { limit: 1 }), [key.id], "the first claim");
      await rewritten(storage.auto, other, { due: waiting(minute(120)) });
      expectEqual(await claimedIds(storage.auto), [], "a claim before the new time");
      expectEqual(
        await claimedIds(storage.auto, { now: minute(120) }),
        [other.id],
        "a claim at the new time",
      );
    },
  },
  {
    id: "claim/what-waits-hides-nothing",
    rule: "Hundreds of records that wait or are given up hide none that is due.",
    async run({ storage }) {
      const workspaceId = "acme";
      const keys = someKeys(400, { workspaceId });
      const { write } = storage.auto;
      await write(
        keys.map((key, place) => ({
          heads: [
            {
              key,
              expected: 0,
              state: {},
              cells: { kind: "ticket", sentAt: null, resolvedBy: null },
              due: place % 2 === 0 ? waiting(minute(61 + place), minute(0)) : givenUp("refused", minute(0)),
            },
          ],
        })),
      );
      const due = await stored(storage.auto, aKey({ workspaceId, id: "zzz" }), { due: waiting() });
      expectEqual(
        (await claim(storage.auto, { limit: 1 })).map(({ head }) => head.key),
        [due],
        "the claim",
      );
    },
  },
];
