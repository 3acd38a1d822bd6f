import { expectEqual, expectTrue } from "../assertions.ts";
import { aNewSurvey, aTicket, minute, refOf, uniqueId } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import { current, previous } from "../history.ts";
import { longLeaseMs, stepsOn } from "../steps.ts";
import { conflict, conflicts, everything, nothing, type Traces, traces, writeEverywhere } from "../traces.ts";

/** The storage's own transactions. */
export const transactionsCases: readonly StorageCase[] = [
  {
    id: "transactions/commit",
    rule: "What a transaction wrote in several stores stands as a whole once it has resolved, and its result is handed back.",
    async run({ storage, otherProcess }) {
      const ref = aTicket();
      const result = await storage.transaction(async (operations) => {
        await writeEverywhere({ operations, ref });
        return "done";
      });
      expectEqual(result, "done", "the result");
      expectEqual(await traces({ operations: otherProcess, ref }), everything, "what stands");
    },
  },
  {
    id: "transactions/rollback",
    rule: "When its work rejects, nothing of a transaction stands in any store, and the caller gets that very error.",
    async run({ storage, otherProcess }) {
      const ref = aTicket();
      const failure = new Error("the host's own");
      const error = await storage
        .transaction(async (operations) => {
          await writeEverywhere({ operations, ref });
          throw failure;
        })
        .then(
          () => null,
          (caught: unknown) => caught,
        );
      expectTrue(error === failure, "the error is the one that the work threw");
      expectEqual(await traces({ operations: otherProcess, ref }), nothing, "what stands");
      const claim = { now: minute(1_000_000), leaseForMs: longLeaseMs, limit: 10 };
      expectEqual(await storage.surveys.claimDue(claim), [], "surveys due");
      expectEqual(await storage.outbox.claimDue(claim), [], "events due");
    },
  },
  {
    id: "transactions/rollback-restores",
    rule: "A rolled back change of what stood before leaves it as it was: settings, survey, tokens, answer, erasing.",
    async run({ storage }) {
      const answered = await stepsOn(storage).sendAndAnswer({ eventId: uniqueId("event") });
      const ref = refOf(answered);
      await storage.settings.patch(ref.workspaceId, { subject: "before" });
      const all = async () => [
        await traces({ operations: storage, ref }),
        await stepsOn(storage).survey(ref),
        await storage.settings.get(ref.workspaceId),
        await storage.surveys.findByToken(answered.tokenHash),
      ];
      const before = await all();
      await storage
        .transaction(async (operations) => {
          await operations.settings.patch(ref.workspaceId, { subject: "after" });
          await operations.surveys.erase([ref]);
          throw new Error("no");
        })
        .catch(() => null);
      expectEqual(await all(), before, "what stands");
    },
  },
  {
    id: "transactions/reads-inside",
    rule: "Reads inside a transaction see what it wrote.",
    async run({ storage }) {
      const ref = aTicket();
      const seen = await storage.transaction(async (operations) => {
        await writeEverywhere({ operations, ref });
        return await traces({ operations, ref });
      });
      expectEqual(seen, everything, "what the transaction saw");
    },
  },
  {
    id: "transactions/reads-inside-after-erasing",
    rule: "Inside a transaction, what it has just erased is in no list, no count and no claim any more.",
    async run({ storage }) {
      const ref = aTicket();
      const stood = aTicket({ workspaceId: ref.workspaceId });
      await writeEverywhere({ operations: storage, ref: stood });
      const claim = { now: minute(1_000_000), leaseForMs: longLeaseMs, limit: 10 };
      const tombstone: Traces = { ...nothing, enabled: true, status: "erased", resolvedBy: null };
      await storage.transaction(async (operations) => {
        await writeEverywhere({ operations, ref });
        for (const one of [ref, stood]) await operations.surveys.erase([one]);
        for (const one of [ref, stood]) {
          expectEqual(await traces({ operations, ref: one }), tombstone, "what the transaction sees");
        }
        expectEqual(await operations.outbox.claimDue(claim), [], "events due");
        const { workspaceId } = ref;
        expectEqual((await operations.metrics.read({ workspaceId, current, previous })).sent, [], "sends");
      });
    },
  },
  {
    id: "transactions/nobody-sees-the-uncommitted",
    rule: "What is rolled back was never seen by anybody else, not even by a read during the transaction.",
    async run({ storage, otherProcess }) {
      const ref = aTicket();
      let reading: Promise<unknown> = Promise.resolve();
      await storage
        .transaction(async (operations) => {
          await operations.surveys.arm([aNewSurvey(ref)]);
          // Not awaited in here: an adapter on one connection answers it after the transaction.
          reading = otherProcess.surveys.find(ref);
          await operations.surveys.find(ref);
          throw new Error("no");
        })
        .catch(() => null);
      expectEqual(await reading, null, "the survey that the other process saw");
    },
  },
  {
    id: "transactions/conflicts-are-values",
    rule: "Duplicates inside a transaction are outcomes: it goes on, and what it writes afterwards is committed.",
    async run({ storage }) {
      const sent = await stepsOn(storage).sendAndAnswer();
      const ref = refOf(sent);
      const kinds = await storage.transaction((operations) => conflict({ operations, ref, sent }));
      expectEqual(kinds, conflicts, "the outcomes");
      expectEqual(
        (await storage.journal.list(ref)).at(-1)?.reason,
        "afterwards",
        "the entry written afterwards",
      );
    },
  },
  {
    id: "transactions/two-arm-one-ticket",
    rule: "Two transactions that arm one ticket at the same moment make one survey: one is told that it armed, the other that it stands.",
    async run({ storage, otherProcess }) {
      for (let round = 0; round < 5; round++) {
        const ref = aTicket();
        const armIn = (handle: typeof storage) =>
          handle.transaction(async ({ surveys }) => (await surveys.arm([aNewSurvey(ref)]))[0]?.kind);
        const kinds = await Promise.all([armIn(storage), armIn(otherProcess)]);
        expectEqual(
          new Set<string | undefined>(kinds),
          new Set(["armed", "already_scheduled"]),
          "the outcomes",
        );
      }
    },
  },
];
