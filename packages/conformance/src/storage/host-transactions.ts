import { expectEqual } from "../assertions.ts";
import { aNewSurvey, aTicket, minute, refOf, tickets } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import { stepsOn } from "../steps.ts";
import { conflict, conflicts, everything, nothing, traces, writeEverywhere } from "../traces.ts";

/** The host's transactions. A storage without such names all of these as known. */
export const hostTransactionsCases: readonly StorageCase[] = [
  {
    id: "transactions/host/commit",
    rule: "What was written within the host's transaction stands once the host commits.",
    async run(fixture) {
      const { storage, otherProcess } = fixture;
      const ref = aTicket();
      await fixture.hostTransaction(async (tx) => {
        await writeEverywhere({ operations: storage.within(tx), ref });
        return "commit";
      });
      expectEqual(await traces({ operations: otherProcess, ref }), everything, "what stands");
    },
  },
  {
    id: "transactions/host/rollback",
    rule: "When the host rolls back, nothing that was written within its transaction stands in any store.",
    async run(fixture) {
      const { storage, otherProcess } = fixture;
      const ref = aTicket();
      await fixture.hostTransaction(async (tx) => {
        await writeEverywhere({ operations: storage.within(tx), ref });
        return "rollback";
      });
      expectEqual(await traces({ operations: otherProcess, ref }), nothing, "what stands");
      await stepsOn(storage).arm(ref);
    },
  },
  {
    id: "transactions/host/reads-inside",
    rule: "Reads within the host's transaction see what was written within it, by any handle on it.",
    async run(fixture) {
      const { storage, otherProcess } = fixture;
      const ref = aTicket();
      await fixture.hostTransaction(async (tx) => {
        await writeEverywhere({ operations: storage.within(tx), ref });
        expectEqual(await traces({ operations: storage.within(tx), ref }), everything, "what is seen inside");
        expectEqual(
          await traces({ operations: otherProcess.within(tx), ref }),
          everything,
          "what another handle sees inside",
        );
        return "commit";
      });
    },
  },
  {
    id: "transactions/host/nobody-sees-the-uncommitted",
    rule: "What the host rolls back was never seen outside its transaction.",
    async run(fixture) {
      const { storage, otherProcess } = fixture;
      const ref = aTicket();
      let reading: Promise<unknown> = Promise.resolve();
      await fixture.hostTransaction(async (tx) => {
        await storage.within(tx).surveys.arm([aNewSurvey(ref)]);
        // Not awaited in here: an adapter on one connection answers it after the transaction.
        reading = otherProcess.surveys.find(ref);
        await storage.within(tx).surveys.find(ref);
        return "rollback";
      });
      expectEqual(await reading, null, "the survey seen outside");
    },
  },
  {
    id: "transactions/host/duplicate-leaves-host-transaction-usable",
    rule: "Duplicates within the host's transaction are outcomes: the host goes on, and commits what comes afterwards.",
    async run(fixture) {
      const { storage } = fixture;
      const sent = await stepsOn(storage).sendAndAnswer();
      const ref = refOf(sent);
      await fixture.hostTransaction(async (tx) => {
        const kinds = await conflict({ operations: storage.within(tx), ref, sent });
        expectEqual(kinds, conflicts, "the outcomes");
        return "commit";
      });
      expectEqual(
        (await storage.journal.list(ref)).at(-1)?.reason,
        "afterwards",
        "the entry written afterwards",
      );
    },
  },
  {
    id: "transactions/host/erase-rolled-back",
    rule: "An erase that the host rolls back erased nothing.",
    async run(fixture) {
      const { storage } = fixture;
      const sent = await stepsOn(storage).sendAndAnswer();
      const before = await traces({ operations: storage, ref: refOf(sent) });
      await fixture.hostTransaction(async (tx) => {
        await storage.within(tx).surveys.erase([refOf(sent)]);
        return "rollback";
      });
      expectEqual(await traces({ operations: storage, ref: refOf(sent) }), before, "what stands");
    },
  },
  {
    id: "transactions/host/a-thousand-at-once",
    rule: "A batch of 1,000 within the host's transaction is armed whole on commit and not at all on rollback.",
    async run(fixture) {
      const { storage } = fixture;
      for (const end of ["rollback", "commit"] as const) {
        const batch = tickets(1000).map((ref) => aNewSurvey(ref));
        await fixture.hostTransaction(async (tx) => {
          const outcomes = await storage.within(tx).surveys.arm(batch);
          expectEqual(outcomes.filter(({ kind }) => kind === "armed").length, 1000, "surveys armed inside");
          return end;
        });
        const { dueSurveys } = await storage.backlog(minute(60));
        expectEqual(dueSurveys, end === "commit" ? 1000 : 0, `surveys due after a ${end}`);
      }
    },
  },
];

/** All cases about host transactions as `known` of a harness, for a storage that has none, with the reason why. */
export function knownWithoutHostTransactions(reason: string): Readonly<Record<string, string>> {
  return Object.fromEntries(hostTransactionsCases.map(({ id }) => [id, reason]));
}
