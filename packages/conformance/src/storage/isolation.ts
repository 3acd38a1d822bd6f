import type { Key } from "@csat/core";
import { expectEqual } from "../assertions.ts";
import { aChange, aDelta, aHead, aKey, inKeyOrder, kinds, refOf, utc, waiting } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import { claim, claimOne, headOf, mustWrite, outcomeOf, rewritten, stored } from "../steps.ts";
import { aWhole, everything, everywhere, traces } from "../traces.ts";

/** Ids that some database, driver or join would take for another one, for a pattern, or for a part of a statement. */
const lookalikes = [
  "1",
  "01",
  "1.0",
  "1e0",
  "a",
  "A",
  " a",
  "a ",
  "é",
  "e\u0301",
  "ß",
  "ss",
  "ı",
  "i",
  "I",
  "%",
  "_",
  "*",
  "null",
  "undefined",
  "true",
  "constructor",
  "__proto__",
  "'",
  "''",
  '"',
  "\\",
  "\\'",
  "a:b",
  "a/b",
  '["a","b"]',
  "$1",
  "?",
  "😀",
  "～",
  "\u202e",
  "x".repeat(200),
  `${"x".repeat(199)}y`,
  "漢".repeat(200),
];

/** Records that only look alike. */
export const isolationCases: readonly StorageCase[] = [
  {
    // S49
    id: "isolation/workspaces",
    rule: "Equal ids in two workspaces are two records in every call: written, leased, settled, listed, counted and forgotten apart.",
    async run({ storage }) {
      const [one, other] = ["acme", "globex"].map((workspaceId) => {
        const key = (kind: Key["kind"]) => aKey({ kind, workspaceId, id: "same" });
        const whole = aWhole(key("ticket"));
        return { ...whole, customer: key("customer"), event: key("event") };
      });
      const wholes = [one ?? aWhole(), other ?? aWhole()] as const;
      for (const whole of wholes) await mustWrite(storage.auto, everywhere(whole));
      for (const whole of wholes)
        expectEqual(
          await traces(storage, whole),
          { ...everything, due: [2, 2] },
          "what stands in each workspace",
        );
      const { due: _, ...untouched } = await traces(storage, wholes[1]);
      for (const kind of ["ticket", "event"] as const) {
        const claimed = await claim(storage.auto, { kind, exceptWorkspaces: ["globex"] });
        expectEqual(
          claimed.map(({ head }) => head.key.workspaceId),
          ["acme"],
          `workspaces of claimed ${kind}s`,
        );
        for (const { head, leaseId } of claimed) {
          const lease = { id: leaseId, extendMs: null };
          await mustWrite(
            storage.auto,
            aChange([aHead(head.key, { expected: 1, lease, due: null, state: { text: "settled" } })]),
          );
        }
      }
      await rewritten(storage.auto, wholes[0].customer);
      await rewritten(storage.auto, wholes[0].workspace);
      await mustWrite(
        storage.auto,
        aChange([aHead(wholes[0].ticket, { expected: 2 })], {
          answer: { kind: "move", resolvedBy: "eve" },
          deltas: [aDelta({ resolvedBy: "eve", sent: 3 })],
        }),
      );
      await mustWrite(storage.auto, aChange([aHead(wholes[0].ticket, { expected: 3 })], { forget: true }));
      const { due: _due, ...seen } = await traces(storage, wholes[1]);
      expectEqual(seen, untouched, "what stands in the other workspace");
      const day = { from: utc("2026-03-02T00:00:00.000Z"), until: utc("2026-03-03T00:00:00.000Z") };
      const page = { workspaceId: "globex", window: day, limit: 10, cursor: null };
      const { items } = await storage.lists.answers(page);
      expectEqual(
        items.map(({ resolvedBy }) => resolvedBy),
        ["ada"],
        "who is credited in the other workspace",
      );
      for (const kind of ["ticket", "event"] as const)
        expectEqual((await claimOne(storage.auto, { kind })).head.key, wholes[1][kind], "what is due still");
    },
  },
  {
    id: "isolation/leases",
    rule: "Giving back, extending or ending the lease of a record leaves those of equal ids, elsewhere and of another kind, as they are.",
    async run({ storage }) {
      const keys = inKeyOrder(
        ["acme", "globex"].flatMap((workspaceId) =>
          (["ticket", "event"] as const).map((kind) => aKey({ kind, workspaceId, id: "same" })),
        ),
      );
      for (const key of keys) await stored(storage.auto, key, { due: waiting() });
      const claimed = [
        ...(await claim(storage.auto, { kind: "ticket" })),
        ...(await claim(storage.auto, { kind: "event" })),
      ];
      for (const { head, leaseId } of claimed) {
        const lease = { id: leaseId, extendMs: 0 };
        await mustWrite(storage.auto, aChange([aHead(head.key, { expected: 1, lease })]));
        const free = [
          ...(await claim(storage.auto, { kind: "ticket" })),
          ...(await claim(storage.auto, { kind: "event" })),
        ];
        expectEqual(
          free.map((one) => one.head.key),
          [head.key],
          "what is free after one lease was given back",
        );
      }
    },
  },
  {
    id: "isolation/kinds",
    rule: "Equal ids of two kinds are two records in every call: read, written, due, leased and given up apart.",
    async run({ storage }) {
      const keys = inKeyOrder(kinds.map((kind) => ({ kind, workspaceId: "acme", id: "" })));
      for (const [place, key] of keys.entries())
        for (let writes = 0; writes <= place; writes++)
          await mustWrite(
            storage.auto,
            aChange([aHead(key, { expected: writes, state: { kind: key.kind } })]),
          );
      const wanted = keys.map((key, place) => ({ key, version: place + 1, state: { kind: key.kind } }));
      expectEqual(await storage.auto.read(keys), wanted, "the records");
      const same = (kind: Key["kind"]) => aKey({ kind, workspaceId: "acme", id: "same" });
      for (const kind of ["ticket", "event"] as const)
        await stored(storage.auto, same(kind), { due: waiting() });
      const { leaseId } = await claimOne(storage.auto, { kind: "ticket" });
      await mustWrite(
        storage.auto,
        aChange([aHead(same("ticket"), { expected: 1, lease: { id: leaseId, extendMs: null }, due: null })]),
      );
      expectEqual(
        (await claimOne(storage.auto, { kind: "event" })).head.key,
        same("event"),
        "the event that is due",
      );
    },
  },
  {
    id: "isolation/look-alikes",
    rule: "Ids are compared character by character: letter case, accents, blanks, digits, quotes and patterns tell records apart, of every kind.",
    async run({ storage }) {
      for (const kind of ["ticket", "customer", "event"] as const) {
        const keys = inKeyOrder(lookalikes.map((id) => aKey({ kind, workspaceId: "acme", id })));
        await mustWrite(storage.auto, ...keys.map((key) => aChange([aHead(key, { state: { id: key.id } })])));
        expectEqual(
          await storage.auto.read(keys),
          keys.map((key) => ({ key, version: 1, state: { id: key.id } })),
          `${kind}s`,
        );
      }
    },
  },
  {
    id: "isolation/look-alike-workspaces",
    rule: "Workspaces are compared character by character too: each has its records, due work, counts and lists.",
    async run({ storage }) {
      const keys = inKeyOrder(lookalikes.map((workspaceId) => aKey({ workspaceId, id: "same" })));
      await mustWrite(
        storage.auto,
        ...keys.map((key, place) =>
          aChange([aHead(key, { due: waiting() })], { deltas: [aDelta({ sent: place + 1 })] }),
        ),
      );
      const current = { from: utc("2026-03-02T00:00:00.000Z"), until: utc("2026-03-03T00:00:00.000Z") };
      const previous = { from: utc("2026-03-01T00:00:00.000Z"), until: current.from };
      for (const [place, { workspaceId }] of keys.entries()) {
        const { sent } = await storage.counts({ workspaceId, current, previous });
        expectEqual(sent, [{ day: "2026-03-02", count: place + 1 }], `sends of ${workspaceId.slice(0, 20)}`);
      }
      const [left = "", ...others] = lookalikes;
      const claimed = await claim(storage.auto, { exceptWorkspaces: others });
      expectEqual(
        claimed.map(({ head }) => head.key.workspaceId),
        [left],
        "the one workspace that is not left out",
      );
      const all = new Set((await claim(storage.auto)).map(({ head }) => head.key.workspaceId));
      expectEqual(all, new Set(others), "the others");
    },
  },
  {
    id: "isolation/ids-never-run-together",
    rule: "Workspace and id never run together: `a:b` and `c` is another ticket than `a` and `b:c`, with whatever stands between.",
    async run({ storage }) {
      for (const between of [":", "/", "|", "~", ".", ",", " ", '","']) {
        const one = aKey({ workspaceId: `a${between}b`, id: "c" });
        const other = aKey({ workspaceId: "a", id: `b${between}c` });
        await mustWrite(storage.auto, everywhere(aWhole(one)));
        expectEqual((await headOf(storage.auto, other)).version, 0, "the other ticket");
        expectEqual(await storage.lists.answer(refOf(other)), null, "its answer");
        expectEqual(await storage.lists.journal(refOf(other)), [], "its journal");
        expectEqual(await outcomeOf(storage.auto, aChange([aHead(other)])), "written", "its first write");
      }
    },
  },
];
