import { expectCsatError, expectEqual } from "../assertions.ts";
import { aChange, aHead, aKey, minute, someKeys, waiting } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import { claimedIds, claimOne, headOf, mustWrite, outcomeOf, stored } from "../steps.ts";
import { aWhole, everything, everywhere, nothing, traces } from "../traces.ts";

// Many more than a write takes, where a second connection does it.
const readsMeanwhile = 300;

/** The host's transactions. A store without such names all of these as known. */
export const hostTransactionCases: readonly StorageCase[] = [
  {
    id: "transactions/host/commit",
    rule: "What was written within the host's transaction stands once the host commits.",
    async run({ storage, otherProcess, hostTransaction }) {
      const whole = aWhole();
      await hostTransaction(async (tx) => {
        await mustWrite(storage.within(tx), everywhere(whole));
        return "commit";
      });
      expectEqual(await traces(otherProcess, whole), everything, "what stands");
    },
  },
  {
    id: "transactions/host/rollback",
    rule: "When the host rolls back, nothing that was written within its transaction stands anywhere.",
    async run({ storage, otherProcess, hostTransaction }) {
      const whole = aWhole();
      await hostTransaction(async (tx) => {
        await mustWrite(storage.within(tx), everywhere(whole));
        return "rollback";
      });
      expectEqual(await traces(otherProcess, whole), nothing, "what stands");
      await mustWrite(storage.auto, everywhere(whole));
    },
  },
  {
    id: "transactions/host/later-calls-see-earlier-ones",
    rule: "Later calls see what was written within the host's transaction before, by any handle on it, and go on from there.",
    async run({ storage, otherProcess, hostTransaction }) {
      const key = aKey();
      const hash = `hash of ${key.id}`;
      await hostTransaction(async (tx) => {
        await mustWrite(
          storage.within(tx),
          aChange([aHead(key, { due: waiting() })], { tokens: [{ hash, key }] }),
        );
        for (const session of [storage.within(tx), otherProcess.within(tx)]) {
          expectEqual((await headOf(session, key)).version, 1, "the version inside");
          expectEqual((await session.byToken(hash))?.key, key, "what the link opens inside");
        }
        expectEqual(await claimedIds(storage.within(tx)), [key.id], "what is claimed inside");
        await mustWrite(otherProcess.within(tx), aChange([aHead(key, { expected: 1 })]));
        return "commit";
      });
      expectEqual((await headOf(storage.auto, key)).version, 2, "the version that stands");
    },
  },
  {
    id: "transactions/host/nobody-sees-the-uncommitted",
    rule: "What the host rolls back was never seen outside its transaction.",
    async run({ storage, otherProcess, hostTransaction }) {
      const whole = aWhole();
      let reading: Promise<unknown> = Promise.resolve();
      await hostTransaction(async (tx) => {
        await mustWrite(storage.within(tx), everywhere(whole));
        // Not awaited in here: an adapter on one connection answers it after the transaction.
        reading = traces(otherProcess, whole);
        await storage.within(tx).read([whole.ticket]);
        return "rollback";
      });
      expectEqual<unknown>(await reading, nothing, "what is seen outside");
    },
  },
  {
    id: "transactions/host/conflicts-leave-it-usable",
    rule: "Conflicts and lost leases are outcomes: the host's transaction goes on, and commits what comes afterwards.",
    async run({ storage, hostTransaction }) {
      const key = await stored(storage.auto, aKey(), { due: waiting() });
      const whole = aWhole();
      await mustWrite(storage.auto, everywhere(whole));
      await hostTransaction(async (tx) => {
        const session = storage.within(tx);
        const outcomes = [
          await outcomeOf(session, aChange([aHead(key)])),
          await outcomeOf(session, aChange([aHead(key, { expected: 5 })])),
          await outcomeOf(session, aChange([aHead(aKey(), { expected: 1 })])),
          await outcomeOf(
            session,
            aChange([aHead(key, { expected: 1, lease: { id: "nobody's", extendMs: 1 } })]),
          ),
          await outcomeOf(session, everywhere(whole)),
          await outcomeOf(session, aChange([aHead(key, { expected: 1, state: { text: "afterwards" } })])),
        ];
        expectEqual(
          outcomes,
          ["conflict", "conflict", "conflict", "lost_lease", "conflict", "written"],
          "the outcomes",
        );
        return "commit";
      });
      const wanted = { key, version: 2, state: { text: "afterwards" } };
      expectEqual(await headOf(storage.auto, key), wanted, "what was written afterwards");
    },
  },
  {
    id: "transactions/host/locks",
    rule: "What the host's transaction locked, absent or not, it can write, and a writer outside is in conflict.",
    async run({ storage, otherProcess, hostTransaction }) {
      for (const expected of [0, 1]) {
        const key = aKey();
        if (expected === 1) await stored(storage.auto, key);
        let writing: Promise<string> = Promise.resolve("not begun");
        await hostTransaction(async (tx) => {
          const session = storage.within(tx);
          await session.read([{ ...key, lock: true }]);
          writing = outcomeOf(otherProcess.auto, aChange([aHead(key, { expected })]));
          // Reported below; here it must not count as unhandled.
          writing.catch(() => {});
          for (let reads = 0; reads < 10; reads++) await session.read([aKey()]);
          await mustWrite(session, aChange([aHead(key, { expected, state: "inside" })]));
          return "commit";
        });
        expectEqual(await writing, "conflict", "the write outside");
        expectEqual((await headOf(storage.auto, key)).state, "inside", "what stands");
      }
    },
  },
  {
    id: "transactions/host/reads-are-current",
    rule: "A read within the host's transaction sees what was committed since that began.",
    async run({ storage, otherProcess, hostTransaction }) {
      const [key, beside] = [await stored(storage.auto, aKey()), await stored(storage.auto, aKey())];
      const hash = `hash of ${key.id}`;
      let isCommitted = false;
      let writing: Promise<void> = Promise.resolve();
      await hostTransaction(async (tx) => {
        const session = storage.within(tx);
        await session.read([beside]);
        const change = aChange([aHead(key, { expected: 1 })], { tokens: [{ hash, key }] });
        writing = mustWrite(otherProcess.auto, change).then(() => {
          isCommitted = true;
        });
        // Awaited below; here it must not count as unhandled.
        writing.catch(() => {});
        // An adapter on one connection writes it after the transaction.
        for (let reads = 0; reads < readsMeanwhile && !isCommitted; reads++) await session.read([beside]);
        if (!isCommitted) return "commit";
        expectEqual((await headOf(session, key)).version, 2, "the version inside");
        expectEqual((await session.byToken(hash))?.version, 2, "the version that a link opens inside");
        return "commit";
      });
      await writing;
      expectEqual((await headOf(storage.auto, key)).version, 2, "the version that stands");
    },
  },
  {
    id: "transactions/host/claims",
    rule: "A claim within a transaction that is rolled back leased nothing.",
    async run({ storage, hostTransaction }) {
      const key = await stored(storage.auto, aKey(), { due: waiting() });
      await hostTransaction(async (tx) => {
        expectEqual(await claimedIds(storage.within(tx)), [key.id], "what is claimed inside");
        return "rollback";
      });
      expectEqual((await claimOne(storage.auto)).resumed, false, "resumed, at the claim afterwards");
    },
  },
  {
    id: "transactions/host/forget-rolled-back",
    rule: "What was forgotten within a transaction that is rolled back is all there.",
    async run({ storage, otherProcess, hostTransaction }) {
      const whole = aWhole();
      await mustWrite(storage.auto, everywhere(whole));
      await hostTransaction(async (tx) => {
        const forgotten = aChange([aHead(whole.ticket, { expected: 1, due: null })], { forget: true });
        await mustWrite(storage.within(tx), forgotten);
        return "rollback";
      });
      expectEqual(await traces(otherProcess, whole), everything, "what stands");
    },
  },
  {
    id: "transactions/host/a-thousand-at-once",
    rule: "1,000 changes of one write within the host's transaction stand whole on commit and not at all on rollback.",
    async run({ storage, hostTransaction }) {
      for (const end of ["rollback", "commit"] as const) {
        const changes = someKeys(1000).map((key) => aChange([aHead(key, { due: waiting() })]));
        await hostTransaction(async (tx) => {
          await mustWrite(storage.within(tx), ...changes);
          return end;
        });
        const { dueSurveys } = await storage.backlog(minute(60));
        expectEqual(dueSurveys, end === "commit" ? 1000 : 0, `surveys due after a ${end}`);
      }
    },
  },
  {
    id: "transactions/host/no-transaction",
    rule: "What is no transaction is refused as invalid input.",
    async run({ storage }) {
      for (const tx of [null, undefined, "tx", 5, {}, []]) {
        const call = async () => storage.within(tx).read([aKey()]);
        await expectCsatError(call, "invalid_input", `within ${JSON.stringify(tx)}`);
      }
    },
  },
];

/** All cases about host transactions as `known` of a harness, for a store that has none, with the reason why. */
export function knownWithoutHostTransactions(reason: string): Readonly<Record<string, string>> {
  return Object.fromEntries(hostTransactionCases.map(({ id }) => [id, reason]));
}
