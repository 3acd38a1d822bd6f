import type { Head, Key } from "@csat/core";
import { expectEqual } from "../assertions.ts";
import { aChange, aHead, aKey, inKeyOrder, kinds, someKeys } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import { headOf, mustWrite, stateOf, stored } from "../steps.ts";

/** Reading records by their keys. */
export const readCases: readonly StorageCase[] = [
  {
    id: "read/absent-records",
    rule: "A record that is not stored reads as version 0 without a document, whatever its kind.",
    async run({ storage }) {
      const keys = inKeyOrder(kinds.map((kind) => aKey({ kind, workspaceId: "acme", id: "one" })));
      const nothing = keys.map((key): Head => ({ key, version: 0, state: null }));
      expectEqual(await storage.auto.read(keys), nothing, "the records");
      expectEqual(await storage.own((session) => session.read(keys)), nothing, "the same in a transaction");
    },
  },
  {
    id: "read/every-kind",
    rule: "Records of all four kinds come back with the version and the document that were written.",
    async run({ storage, otherProcess }) {
      const keys = inKeyOrder(kinds.map((kind) => aKey({ kind, workspaceId: "acme", id: "one" })));
      for (const key of keys) await stored(storage.auto, key, { state: { of: key.kind } });
      expectEqual(
        await otherProcess.auto.read(keys),
        keys.map((key): Head => ({ key, version: 1, state: { of: key.kind } })),
        "the records, as another process reads them",
      );
    },
  },
  {
    id: "read/in-the-order-of-the-keys",
    rule: "Records come in the order of the keys, stored and absent ones mixed, over kinds and workspaces.",
    async run({ storage }) {
      const keys = inKeyOrder(
        ["acme", "globex", "initech"].flatMap((workspaceId) =>
          ["ticket", "customer", "event"].flatMap((kind) =>
            ["a", "b", "c"].map((id) =>
              // One of the three words above.
              aKey({ kind: kind as "ticket", workspaceId, id }),
            ),
          ),
        ),
      );
      const isStored = (place: number) => place % 3 !== 1;
      for (const [place, key] of keys.entries())
        if (isStored(place)) await stored(storage.auto, key, { state: { place } });
      expectEqual(
        await storage.auto.read(keys),
        keys.map((key, place) =>
          isStored(place) ? { key, version: 1, state: { place } } : { key, version: 0, state: null },
        ),
        "the records",
      );
    },
  },
  {
    id: "read/nothing",
    rule: "No keys are no records, and neither is an error.",
    async run({ storage }) {
      expectEqual(await storage.auto.read([]), [], "the records");
      expectEqual(await storage.own((session) => session.read([])), [], "the records in a transaction");
    },
  },
  {
    id: "read/two-thousand-keys",
    rule: "2,000 keys of one call are answered, in their order, half of them absent.",
    async run({ storage }) {
      const keys = someKeys(2000);
      const half = keys.filter((_, place) => place % 2 === 0);
      await mustWrite(storage.auto, ...half.map((key) => aChange([aHead(key, { state: { id: key.id } })])));
      const heads = await storage.auto.read(keys);
      expectEqual(
        heads.map(({ key, version, state }) => [key.id, version, state]),
        keys.map(({ id }, place) => (place % 2 === 0 ? [id, 1, { id }] : [id, 0, null])),
        "ids, versions and documents",
      );
    },
  },
  {
    id: "read/records-beside-the-own-one-of-a-workspace",
    rule: "A workspace has its own record, whose id is empty, and others beside it: each is written and read alone, in every workspace.",
    async run({ storage, otherProcess }) {
      const keys = inKeyOrder(
        ["acme", "globex"].flatMap((workspaceId) =>
          ["", "chat", "crm"].map((id): Key => ({ kind: "workspace", workspaceId, id })),
        ),
      );
      const [own = aKey(), ...others] = keys;
      for (const key of others) await stored(storage.auto, key, { state: { of: key.id } });
      const expected = others.map((key): Head => ({ key, version: 1, state: { of: key.id } }));
      expectEqual(
        await otherProcess.auto.read(keys),
        [{ key: own, version: 0, state: null }, ...expected],
        "the records, while one workspace has none of its own",
      );
    },
  },
  {
    id: "read/with-and-without-locks",
    rule: "A locking read answers what a plain one does, names the key alone, and both stand in one call.",
    async run({ storage }) {
      const keys = someKeys(6);
      for (const key of keys.slice(0, 3)) await stored(storage.auto, key);
      const locking = keys.map((key, place) => (place % 2 === 0 ? { ...key, lock: true as const } : key));
      const plain = await storage.auto.read(keys);
      expectEqual(await storage.own((session) => session.read(locking)), plain, "what both read");
    },
  },
  {
    id: "read/locked-records-stay-absent",
    rule: "What was locked and never written is not stored afterwards.",
    async run({ storage, otherProcess }) {
      const keys = inKeyOrder([
        ...someKeys(3),
        aKey({ kind: "customer" }),
        aKey({ kind: "event" }),
        aKey({ kind: "workspace" }),
      ]);
      await storage.own((session) => session.read(keys.map((key) => ({ ...key, lock: true as const }))));
      expectEqual(
        (await otherProcess.auto.read(keys)).map(({ version, state }) => [version, state]),
        keys.map(() => [0, null]),
        "versions and documents",
      );
      const [key = aKey()] = keys;
      await stored(otherProcess.auto, key);
      expectEqual((await headOf(storage.auto, key)).version, 1, "the version of its first write");
    },
  },
  {
    id: "read/copies",
    rule: "What is read belongs to the reader: changing it changes nothing that is stored.",
    async run({ storage }) {
      const key = await stored(storage.auto, aKey(), { state: { list: ["one"] } });
      const { state } = await headOf(storage.auto, key);
      // The document that was written two lines above.
      (state as { list: string[] }).list.push("two");
      expectEqual(await stateOf(storage.auto, key), { list: ["one"] }, "the stored document");
    },
  },
];
