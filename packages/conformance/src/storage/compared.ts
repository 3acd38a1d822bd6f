import type { Change, Key } from "@csat/core";
import { expectEqual } from "../assertions.ts";
import { aChange, aHead, aKey, kinds, someKeys } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import { headOf, leased, mustWrite, outcomeOf, rewritten, stored } from "../steps.ts";
import { aWhole, everywhere, nothing, traces } from "../traces.ts";

const at = (key: Key, expected: number) => ({ key, expected });

/** A change of one new ticket that compares these. */
function comparing(workspaceId: string, ...compared: NonNullable<Change["compared"]>): Change {
  return aChange([aHead(aKey({ workspaceId }))], { compared });
}

/** Records that a change depends on and does not write. */
export const comparedCases: readonly StorageCase[] = [
  {
    id: "write/compared/stands",
    rule: "A change is written where what it compares stands at that version, be it of any kind or not stored, and leaves it as it is.",
    async run({ storage }) {
      const { workspaceId } = aKey();
      for (const kind of kinds)
        for (const version of [0, 1, 2]) {
          const key = aKey({ kind, workspaceId: `${workspaceId} ${version}` });
          if (version > 0) await stored(storage.auto, key);
          if (version > 1) await rewritten(storage.auto, key);
          const before = await headOf(storage.auto, key);
          await mustWrite(storage.auto, comparing(key.workspaceId, at(key, version)));
          expectEqual(await headOf(storage.auto, key), before, `the ${kind} at version ${version}`);
        }
    },
  },
  {
    id: "write/compared/another-version-conflicts",
    rule: "A change that compares a record at another version than the one that stands is a conflict and leaves no trace, for every kind.",
    async run({ storage }) {
      for (const kind of kinds)
        for (const [version, expected] of [
          [0, 1],
          [1, 0],
          [1, 2],
          [2, 1],
        ] as const) {
          const whole = aWhole();
          const key = aKey({ kind, workspaceId: whole.ticket.workspaceId, id: "compared" });
          if (version > 0) await stored(storage.auto, key);
          if (version > 1) await rewritten(storage.auto, key);
          const { heads, ...beside } = everywhere(whole);
          const others = heads.filter((head) => kind !== "workspace" || head.key.kind !== "workspace");
          const change = { ...beside, heads: others, compared: [at(key, expected)] };
          const what = `a ${kind} of version ${version}, compared with ${expected}`;
          expectEqual(await outcomeOf(storage.auto, change), "conflict", what);
          const { versions: _, ...seen } = await traces(storage, whole);
          const { versions: _none, ...none } = nothing;
          expectEqual(
            seen,
            { ...none, events: kind === "event" && version > 0 ? 1 : 0 },
            `what is left by ${what}`,
          );
          expectEqual((await headOf(storage.auto, whole.ticket)).version, 0, `the ticket beside ${what}`);
          expectEqual((await headOf(storage.auto, key)).version, version, what);
        }
    },
  },
  {
    id: "write/compared/one-of-several",
    rule: "Of several records that a change compares, among those that it writes, one at another version is enough for a conflict.",
    async run({ storage }) {
      const { workspaceId } = aKey();
      const customers = someKeys(4, { kind: "customer", workspaceId });
      const [first = aKey(), written = aKey(), third = aKey(), absent = aKey()] = customers;
      for (const key of [first, written, third]) await stored(storage.auto, key);
      const workspace = await stored(storage.auto, aKey({ kind: "workspace", workspaceId }));
      const change = (...versions: readonly number[]) =>
        aChange([aHead(aKey({ workspaceId })), aHead(written, { expected: 1, state: "written" })], {
          compared: [first, third, absent, workspace].map((key, place) => at(key, versions[place] ?? 0)),
        });
      for (const versions of [
        [2, 1, 0, 1],
        [1, 0, 0, 1],
        [1, 1, 1, 1],
        [1, 1, 0, 2],
      ])
        expectEqual(
          await outcomeOf(storage.auto, change(...versions)),
          "conflict",
          `compared with ${versions}`,
        );
      expectEqual((await headOf(storage.auto, written)).version, 1, "what the conflicts wrote");
      await mustWrite(storage.auto, change(1, 1, 0, 1));
      expectEqual((await headOf(storage.auto, written)).state, "written", "what the right versions wrote");
    },
  },
  {
    id: "write/compared/by-many-changes",
    rule: "300 changes of one write compare the same records, stored and not, each for itself: those with another version conflict, the others are written.",
    async run({ storage }) {
      const { workspaceId } = aKey();
      const customer = await stored(storage.auto, aKey({ kind: "customer", workspaceId, id: "ann" }));
      const absent = aKey({ kind: "customer", workspaceId, id: "bob" });
      const tickets = someKeys(300, { workspaceId });
      for (const ticket of tickets.slice(0, 200)) await stored(storage.auto, ticket);
      const changes = tickets.map((key, place) => {
        const expected = place < 200 ? 1 : 0;
        const compared = [at(customer, place % 3 === 0 ? 2 : 1), at(absent, place % 7 === 0 ? 1 : 0)];
        // Some compare nothing.
        return aChange([aHead(key, { expected, state: "new" })], place % 5 === 0 ? {} : { compared });
      });
      const isSound = (place: number) => place % 5 === 0 || (place % 3 !== 0 && place % 7 !== 0);
      const outcomes = await storage.auto.write(changes);
      expectEqual(
        outcomes,
        tickets.map((_, place) => (isSound(place) ? "written" : "conflict")),
        "the outcomes",
      );
      const states = (await storage.auto.read(tickets)).map(({ state }) => state === "new");
      expectEqual(
        states,
        tickets.map((_, place) => isSound(place)),
        "tickets that are written, as their changes said",
      );
      const versions = (await storage.auto.read([customer, absent])).map(({ version }) => version);
      expectEqual(versions, [1, 0], "the versions of what was compared");
    },
  },
  {
    id: "write/compared/under-a-lease",
    rule: "A change under a lease compares records too: a lease that is held does not save it, and one that is lost is told where all versions are right.",
    async run({ storage }) {
      const ticket = aKey();
      const { workspaceId } = ticket;
      const customer = await stored(storage.auto, aKey({ kind: "customer", workspaceId }));
      const { leaseId } = await leased(storage.auto, ticket);
      const change = (id: string, expected: number) =>
        aChange([aHead(ticket, { expected: 1, lease: { id, extendMs: null }, due: null })], {
          compared: [at(customer, expected)],
        });
      expectEqual(await outcomeOf(storage.auto, change("nobody's", 1)), "lost_lease", "without the lease");
      expectEqual(await outcomeOf(storage.auto, change(leaseId, 2)), "conflict", "with another version");
      expectEqual(await outcomeOf(storage.auto, change("nobody's", 2)), "conflict", "with neither");
      expectEqual(await outcomeOf(storage.auto, change(leaseId, 1)), "written", "with both");
    },
  },
  {
    id: "write/compared/in-transactions",
    rule: "A transaction compares with what it wrote itself; what it locked and did not write is not stored; a conflict leaves it usable.",
    async run({ storage }) {
      const { workspaceId } = aKey();
      const [written = aKey(), locked = aKey()] = someKeys(2, { kind: "customer", workspaceId });
      const ticket = aKey({ workspaceId });
      const outcomes = await storage.own(async (session) => {
        await session.read([{ ...locked, lock: true }]);
        await mustWrite(session, aChange([aHead(written)]));
        const change = (expected: number, ...compared: NonNullable<Change["compared"]>) =>
          outcomeOf(session, aChange([aHead(ticket, { expected })], { compared }));
        return [
          await change(0, at(written, 0)),
          await change(0, at(written, 1), at(locked, 1)),
          await change(0, at(written, 1), at(locked, 0)),
          await change(1, at(locked, 0)),
        ];
      });
      expectEqual(outcomes, ["conflict", "conflict", "written", "written"], "the outcomes inside");
      const after = aChange([aHead(ticket, { expected: 2 })], { compared: [at(locked, 0)] });
      await mustWrite(storage.auto, after);
      const versions = (await storage.auto.read([ticket, written, locked])).map(({ version }) => version);
      expectEqual(versions, [3, 1, 0], "the versions that stand");
    },
  },
];
