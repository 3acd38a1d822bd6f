import type { Json, Key, Session } from "@csat/core";
import { expectEqual } from "../assertions.ts";
import { aChange, aHead, aKey, inKeyOrder, kinds, someKeys } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import { whileOpen } from "../open-transaction.ts";
import { headOf, mustWrite, outcomeOf, stateOf, stored } from "../steps.ts";

const lock = (key: Key) => ({ ...key, lock: true as const });

/** Reads under a lock and writes what follows: the way of the core when a first try was a conflict. */
async function addOne(session: Session, key: Key): Promise<void> {
  const [head] = await session.read([lock(key)]);
  const { version, state } = head ?? { version: 0, state: null };
  const count = typeof state === "number" ? state : 0;
  await mustWrite(session, aChange([aHead(key, { expected: version, state: count + 1 })]));
}

/** Locks of transactions. */
export const lockCases: readonly StorageCase[] = [
  {
    id: "locks/the-following-write-succeeds",
    rule: "What a transaction read under a lock it can write: a writer that came meanwhile is the one in conflict.",
    async run({ storage, otherProcess }) {
      for (const kind of ["ticket", "customer", "workspace"] as const) {
        const key = await stored(storage.auto, aKey({ kind }));
        const write = (state: Json) => aChange([aHead(key, { expected: 1, state })]);
        const { meanwhile } = await whileOpen({
          store: storage,
          beside: otherProcess,
          first: (session) => session.read([lock(key)]),
          meanwhile: () => outcomeOf(otherProcess.auto, write("outside")),
          after: (session) => mustWrite(session, write("inside")),
        });
        expectEqual(meanwhile, "conflict", `the writer of the ${kind} that came meanwhile`);
        expectEqual(await stateOf(storage.auto, key), "inside", "what stands");
      }
    },
  },
  {
    id: "locks/absent-records-too",
    rule: "A lock on what is not stored yet holds as well: the transaction stores it, and a writer that came meanwhile is in conflict.",
    async run({ storage, otherProcess }) {
      for (const kind of ["ticket", "customer", "workspace"] as const) {
        const key = aKey({ kind });
        const { meanwhile } = await whileOpen({
          store: storage,
          beside: otherProcess,
          first: (session) => session.read([lock(key)]),
          meanwhile: () => outcomeOf(otherProcess.auto, aChange([aHead(key, { state: "outside" })])),
          after: (session) => mustWrite(session, aChange([aHead(key, { state: "inside" })])),
        });
        expectEqual(meanwhile, "conflict", `the writer of the ${kind} that came meanwhile`);
        expectEqual(await headOf(storage.auto, key), { key, version: 1, state: "inside" }, "what stands");
      }
    },
  },
  {
    // S57
    id: "locks/other-transactions-wait",
    rule: "A locking read waits for the transaction that holds the lock, and sees what that committed.",
    async run({ storage, otherProcess }) {
      for (const isStored of [true, false]) {
        const key = aKey();
        if (isStored) await stored(storage.auto, key);
        const { meanwhile } = await whileOpen({
          store: storage,
          beside: otherProcess,
          first: (session) => addOne(session, key),
          meanwhile: () =>
            otherProcess.own(async (session) => {
              // A read before, so that a snapshot of the whole transaction would be an old one.
              await session.read([aKey()]);
              await addOne(session, key);
              return stateOf(session, key);
            }),
        });
        expectEqual(meanwhile, 2, "what the second transaction counted");
        expectEqual(await stateOf(storage.auto, key), 2, "what stands");
      }
    },
  },
  {
    id: "locks/end-with-the-transaction",
    rule: "A lock ends with its transaction, also when that is rolled back.",
    async run({ storage, otherProcess }) {
      for (const end of ["commit", "rollback"] as const) {
        const keys = inKeyOrder([await stored(storage.auto, aKey()), aKey()]);
        await whileOpen({
          store: storage,
          beside: otherProcess,
          first: (session) => session.read(keys.map(lock)),
          meanwhile: async () => {},
          end,
        });
        for (const key of keys) await otherProcess.own((session) => addOne(session, key));
        for (const key of keys) expectEqual(await stateOf(storage.auto, key), 1, `the record after a ${end}`);
      }
    },
  },
  {
    id: "locks/twenty-count-together",
    rule: "20 transactions that lock one record, read it and write the next version lose nothing, be it stored before or not.",
    async run({ storage, otherProcess }) {
      for (const kind of ["ticket", "customer", "workspace"] as const) {
        const key = aKey({ kind });
        const counting = Array.from({ length: 20 }, (_, place) =>
          (place % 2 === 0 ? storage : otherProcess).own((session) => addOne(session, key)),
        );
        await Promise.all(counting);
        expectEqual(await headOf(storage.auto, key), { key, version: 20, state: 20 }, `the ${kind}`);
      }
    },
  },
  {
    id: "locks/order-of-the-kinds",
    rule: "A locking read locks tickets before customers before events before workspaces, and each in key order: two that share all never deadlock.",
    async run({ storage, otherProcess }) {
      const keys = inKeyOrder(
        kinds.flatMap((kind) =>
          kind === "workspace"
            ? ["acme", "globex"].map((workspaceId) => aKey({ kind, workspaceId }))
            : someKeys(20, { kind, workspaceId: "acme" }),
        ),
      );
      let runs = 0;
      const both = [storage, otherProcess].map((store, place) =>
        store.own(async (session) => {
          runs += 1;
          // One begins with the tickets, the other with all but them.
          const mine = keys.filter(({ kind }) => place === 0 || kind !== "event");
          const heads = await session.read(mine.map(lock));
          await mustWrite(
            session,
            aChange(heads.map(({ key, version }) => aHead(key, { expected: version, state: place }))),
          );
        }),
      );
      await Promise.all(both);
      expectEqual(runs, 2, "runs of two transactions of which none is a victim");
    },
  },
];
