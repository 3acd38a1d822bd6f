import type { Session } from "@csat/core";
import { expectCsatError, expectEqual, expectTrue } from "../assertions.ts";
import { aChange, aHead, aKey, someKeys, waiting } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import { whileOpen } from "../open-transaction.ts";
import { claimedIds, headOf, mustWrite, outcomeOf, stateOf, stored } from "../steps.ts";
import { aWhole, everything, everywhere, nothing, traces } from "../traces.ts";

/** Transactions of our own. */
export const ownTransactionCases: readonly StorageCase[] = [
  {
    id: "transactions/own/commit",
    rule: "What was written in a transaction stands when its work has resolved, which hands back what the work does.",
    async run({ storage, otherProcess }) {
      const whole = aWhole();
      const result = await storage.own(async (session) => {
        await mustWrite(session, everywhere(whole));
        return { of: "the work" };
      });
      expectEqual(result, { of: "the work" }, "what the transaction hands back");
      expectEqual(await traces(otherProcess, whole), everything, "what stands");
    },
  },
  {
    id: "transactions/own/rollback",
    rule: "When its work rejects nothing of a transaction stands, and the rejection comes out as it is.",
    async run({ storage, otherProcess }) {
      const whole = aWhole();
      const failure = new Error("the work failed");
      let runs = 0;
      const seen = await storage
        .own(async (session) => {
          runs += 1;
          await mustWrite(session, everywhere(whole));
          throw failure;
        })
        .catch((error: unknown) => error);
      expectTrue(seen === failure, "the rejection is the work's own");
      expectEqual(runs, 1, "runs of a work that failed by itself");
      expectEqual(await traces(otherProcess, whole), nothing, "what stands");
      await mustWrite(storage.auto, everywhere(whole));
    },
  },
  {
    id: "transactions/own/reads-inside",
    rule: "A transaction sees what it has written: records, links, and due work that it can claim and end.",
    async run({ storage }) {
      const key = aKey();
      const hash = `hash of ${key.id}`;
      await storage.own(async (session) => {
        await mustWrite(session, aChange([aHead(key, { due: waiting() })], { tokens: [{ hash, key }] }));
        expectEqual((await headOf(session, key)).version, 1, "the version inside");
        expectEqual((await session.byToken(hash))?.key, key, "what the link opens inside");
        expectEqual(await claimedIds(session), [key.id], "what is claimed inside");
        expectEqual(await claimedIds(session), [], "what is claimed inside once more");
        await mustWrite(
          session,
          aChange([aHead(key, { expected: 1, state: { text: "second" }, due: waiting() })]),
        );
        expectEqual(await stateOf(session, key), { text: "second" }, "the document inside");
        const stale = aChange([aHead(key, { expected: 1 })]);
        expectEqual(await outcomeOf(session, stale), "conflict", "a write of the version before");
      });
      expectEqual(await claimedIds(storage.auto), [key.id], "what is due afterwards");
    },
  },
  {
    id: "transactions/own/nobody-sees-the-uncommitted",
    rule: "Nobody outside sees what a transaction has written and not committed.",
    async run({ storage, otherProcess }) {
      const whole = aWhole();
      const { meanwhile } = await whileOpen({
        store: storage,
        beside: otherProcess,
        first: (session) => mustWrite(session, everywhere(whole)),
        // A store on one connection answers these after the rollback.
        meanwhile: () => traces(otherProcess, whole),
        end: "rollback",
      });
      expectEqual(meanwhile, nothing, "what is seen meanwhile");
      expectEqual(await traces(otherProcess, whole), nothing, "what stands");
    },
  },
  {
    id: "transactions/own/ended-is-refused",
    rule: "The session of a transaction that has ended is refused, and nothing is written by it.",
    async run({ storage }) {
      const failure = new Error("the work failed");
      for (const end of ["commit", "rollback"] as const) {
        const key = aKey();
        const kept: Session[] = [];
        await storage
          .own(async (session) => {
            kept.push(session);
            await session.read([key]);
            if (end === "rollback") throw failure;
          })
          .catch((error: unknown) => {
            if (error !== failure) throw error;
          });
        for (const session of kept) {
          const late = {
            read: () => session.read([key]),
            byToken: () => session.byToken("any"),
            claim: () => claimedIds(session),
            write: () => session.write([aChange([aHead(key)])]),
          };
          for (const [name, call] of Object.entries(late))
            await expectCsatError(call, "storage_failed", `${name} after the ${end}`);
        }
        expectEqual((await headOf(storage.auto, key)).version, 0, "the version that stands");
      }
    },
  },
  {
    // S57
    id: "transactions/own/victims-are-run-again",
    rule: "Of two transactions that lock two records in opposite orders both end well: the one that the database made the victim runs again.",
    async run({ storage, otherProcess }) {
      const keys = [aKey({ workspaceId: "acme", id: "a" }), aKey({ workspaceId: "acme", id: "b" })];
      for (const key of keys) await stored(storage.auto, key);
      const crossing = [storage, otherProcess].map((store, place) =>
        store.own(async (session) => {
          const inMyOrder = place === 0 ? keys : keys.toReversed();
          for (const key of inMyOrder) {
            const [head] = await session.read([{ ...key, lock: true }]);
            await mustWrite(session, aChange([aHead(key, { expected: head?.version ?? 0 })]));
            // Some round trips, so that the other one gets to its first record.
            for (let reads = 0; reads < 20; reads++) await session.byToken("nobody's");
          }
        }),
      );
      await Promise.all(crossing);
      const versions = (await storage.auto.read(keys)).map(({ version }) => version);
      expectEqual(versions, [3, 3], "versions: each record was written by both");
    },
  },
  {
    id: "transactions/own/side-by-side",
    rule: "Ten transactions at once, of records of their own, each stand whole.",
    async run({ storage, otherProcess }) {
      const keys = someKeys(10);
      await Promise.all(
        keys.map((key, place) =>
          (place % 2 ? storage : otherProcess).own(async (session) => {
            await session.read([{ ...key, lock: true }]);
            await mustWrite(session, aChange([aHead(key)]));
            await mustWrite(session, aChange([aHead(key, { expected: 1 })]));
          }),
        ),
      );
      const versions = (await storage.auto.read(keys)).map(({ version }) => version);
      expectEqual(
        versions,
        keys.map(() => 2),
        "the versions",
      );
    },
  },
];
