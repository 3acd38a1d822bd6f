import type { Json } from "@csat/core";
import { expectEqual } from "../assertions.ts";
import { aChange, aHead, aKey, kinds, someKeys } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import { headOf, mustWrite, outcomeOf, rewritten, stateOf, stored } from "../steps.ts";

/** Compare-and-set: what a version allows. */
export const writeCases: readonly StorageCase[] = [
  {
    id: "write/versions-count-the-writes",
    rule: "A first write makes version 1, and each following one the next, for every kind.",
    async run({ storage, otherProcess }) {
      for (const kind of kinds) {
        const key = aKey({ kind });
        for (let expected = 0; expected < 4; expected++) {
          await mustWrite(storage.auto, aChange([aHead(key, { expected, state: { write: expected } })]));
          expectEqual(
            await headOf(otherProcess.auto, key),
            { key, version: expected + 1, state: { write: expected } },
            `the ${kind} after write ${expected}`,
          );
        }
      }
    },
  },
  {
    id: "write/another-version-conflicts",
    rule: "A write that expects an older or a newer version than the one that stands is a conflict and changes nothing.",
    async run({ storage }) {
      for (const kind of kinds) {
        const key = await stored(storage.auto, aKey({ kind }));
        await rewritten(storage.auto, key, { state: { text: "second" } });
        for (const expected of [0, 1, 3, 100]) {
          const change = aChange([aHead(key, { expected, state: { text: "wrong" } })]);
          expectEqual(await outcomeOf(storage.auto, change), "conflict", `a ${kind} expected at ${expected}`);
        }
        expectEqual(
          await headOf(storage.auto, key),
          { key, version: 2, state: { text: "second" } },
          "the record",
        );
      }
    },
  },
  {
    id: "write/absent-where-a-version-is-expected",
    rule: "A write that expects a version where nothing is stored is a conflict and stores nothing.",
    async run({ storage }) {
      for (const kind of kinds) {
        const key = aKey({ kind });
        expectEqual(await outcomeOf(storage.auto, aChange([aHead(key, { expected: 1 })])), "conflict", kind);
        expectEqual((await headOf(storage.auto, key)).version, 0, "the version");
      }
    },
  },
  {
    id: "write/in-transactions-too",
    rule: "In a transaction the same versions conflict, and a conflict leaves the transaction usable.",
    async run({ storage }) {
      const key = await stored(storage.auto, aKey());
      const fresh = aKey();
      const outcomes = await storage.own(async (session) => [
        await outcomeOf(session, aChange([aHead(key, { expected: 0 })])),
        await outcomeOf(session, aChange([aHead(key, { expected: 5 })])),
        await outcomeOf(session, aChange([aHead(fresh, { expected: 1 })])),
        await outcomeOf(session, aChange([aHead(key, { expected: 1, state: { text: "second" } })])),
        await outcomeOf(session, aChange([aHead(key, { expected: 2, state: { text: "third" } })])),
        await outcomeOf(session, aChange([aHead(fresh)])),
      ]);
      expectEqual(
        outcomes,
        ["conflict", "conflict", "conflict", "written", "written", "written"],
        "the outcomes",
      );
      expectEqual(
        await headOf(storage.auto, key),
        { key, version: 3, state: { text: "third" } },
        "the record",
      );
    },
  },
  {
    id: "write/outcomes-in-order",
    rule: "Outcomes come in the order of the changes, whichever of them conflict.",
    async run({ storage }) {
      const keys = someKeys(30);
      for (const key of keys.filter((_, place) => place % 3 === 0)) await stored(storage.auto, key);
      const outcomes = await storage.auto.write(keys.map((key) => aChange([aHead(key)])));
      expectEqual(
        outcomes,
        keys.map((_, place) => (place % 3 === 0 ? "conflict" : "written")),
        "the outcomes",
      );
    },
  },
  {
    id: "write/changes-are-independent",
    rule: "A conflict of one change keeps no other change of the write from being written.",
    async run({ storage }) {
      const [before, stale, after] = someKeys(3);
      const keys = [before ?? aKey(), stale ?? aKey(), after ?? aKey()] as const;
      await stored(storage.auto, keys[1]);
      const outcomes = await storage.auto.write(
        keys.map((key) => aChange([aHead(key, { state: { text: "new" } })])),
      );
      expectEqual(outcomes, ["written", "conflict", "written"], "the outcomes");
      const states: (Json | null)[] = [];
      for (const key of keys) states.push(await stateOf(storage.auto, key));
      expectEqual(states, [{ text: "new" }, { text: "first" }, { text: "new" }], "the documents");
    },
  },
  {
    id: "write/nothing",
    rule: "A write of no changes has no outcomes.",
    async run({ storage }) {
      expectEqual(await storage.auto.write([]), [], "the outcomes");
    },
  },
  {
    id: "write/copies",
    rule: "What was handed over is stored as it was then: the caller may go on with it.",
    async run({ storage }) {
      const key = aKey();
      const state = { list: ["one"] };
      const writing = storage.auto.write([aChange([aHead(key, { state })])]);
      state.list.push("two");
      await writing;
      state.list.push("three");
      expectEqual(await stateOf(storage.auto, key), { list: ["one"] }, "the stored document");
    },
  },
];
