import { expectEqual } from "../assertions.ts";
import { aLeaving, aNewSurvey, aResolution, aTicket, minute, refOf } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import { whileOpen } from "../open-transaction.ts";
import { aFailure, longLeaseMs, stepsOn } from "../steps.ts";

const later = { resolvedAt: minute(62), dueAt: minute(122) };

/** Calls that meet what an open transaction did to the same survey. */
export const openTransactionsSurveysCases: readonly StorageCase[] = [
  {
    id: "transactions/open/arm-meets-arm",
    rule: "An arm that meets an uncommitted one of the same ticket is told of it once that commits, and arms by itself when that is rolled back.",
    async run({ storage, otherProcess }) {
      for (const [end, kind] of [
        ["commit", "already_scheduled"],
        ["rollback", "armed"],
      ] as const) {
        const ref = aTicket();
        const { meanwhile } = await whileOpen({
          storage,
          end,
          first: ({ surveys }) => surveys.arm([aNewSurvey(ref)]),
          meanwhile: () => otherProcess.surveys.arm([aNewSurvey(ref)]),
        });
        expectEqual<string | undefined>(meanwhile[0]?.kind, kind, `the outcome after a ${end}`);
        expectEqual((await stepsOn(storage).survey(ref)).generation, 1, "the generation");
      }
    },
  },
  {
    id: "transactions/open/arm-meets-leaving",
    rule: "An arm that meets an uncommitted leaving counts it once that commits: the ticket is left since.",
    async run({ storage, otherProcess }) {
      const ref = aTicket();
      const { meanwhile } = await whileOpen({
        storage,
        first: ({ surveys }) => surveys.leave([aLeaving(ref)]),
        meanwhile: () => otherProcess.surveys.arm([aNewSurvey(ref)]),
      });
      expectEqual(meanwhile, [{ ...ref, kind: "left_since" }], "the outcome");
    },
  },
  {
    id: "transactions/open/leaving-meets-arm",
    rule: "A leaving that meets an uncommitted arm cancels it once that commits.",
    async run({ storage, otherProcess }) {
      const ref = aTicket();
      const { meanwhile } = await whileOpen({
        storage,
        first: ({ surveys }) => surveys.arm([aNewSurvey(ref)]),
        meanwhile: () => otherProcess.surveys.leave([aLeaving(ref)]),
      });
      expectEqual<string | undefined>(meanwhile[0]?.kind, "canceled", "the result");
      expectEqual((await stepsOn(storage).survey(ref)).status, "canceled", "the status");
    },
  },
  {
    id: "transactions/open/arm-meets-erase",
    rule: "An arm that meets an uncommitted erase arms nothing, and an erase that meets an uncommitted arm leaves a tombstone.",
    async run({ storage, otherProcess }) {
      const erased = aTicket();
      const { meanwhile } = await whileOpen({
        storage,
        first: ({ surveys }) => surveys.erase([erased]),
        meanwhile: () => otherProcess.surveys.arm([aNewSurvey(erased)]),
      });
      expectEqual(meanwhile, [{ ...erased, kind: "already_surveyed" }], "the outcome");
      const armed = aTicket();
      await whileOpen({
        storage,
        first: ({ surveys }) => surveys.arm([aNewSurvey(armed)]),
        meanwhile: () => otherProcess.surveys.erase([armed]),
      });
      expectEqual((await stepsOn(storage).survey(armed)).status, "erased", "the status");
      const claim = { now: minute(1_000_000), leaseForMs: longLeaseMs, limit: 10 };
      expectEqual(await storage.surveys.claimDue(claim), [], "surveys due");
    },
  },
  {
    id: "transactions/open/settling-meets-resolution",
    rule: "A send that ends without reaching anybody while a later resolution is not yet committed is armed from that resolution.",
    async run({ storage, otherProcess }) {
      for (const how of ["skipped", "failed"] as const) {
        const survey = await stepsOn(storage).arm();
        const claim = await stepsOn(storage).claim({ survey });
        const { meanwhile } = await whileOpen({
          storage,
          first: ({ surveys }) => surveys.arm([aNewSurvey({ ...refOf(survey), ...later })]),
          meanwhile: () =>
            how === "skipped"
              ? otherProcess.surveys.markSkipped({ ...claim, reason: "ticket_not_resolved" })
              : otherProcess.surveys.markFailed(aFailure({ claim })),
        });
        const { status, generation, dueAt } = await stepsOn(storage).survey(survey);
        expectEqual(
          [meanwhile, status, generation, dueAt],
          ["rearmed", "scheduled", 2, minute(122)],
          `outcome and survey when ${how}`,
        );
      }
    },
  },
  {
    id: "transactions/open/resolution-meets-settling",
    rule: "A later resolution that meets an uncommitted end of the send arms the survey once that commits, or is remembered when it is rolled back.",
    async run({ storage, otherProcess }) {
      for (const [end, kind] of [
        ["commit", "armed"],
        ["rollback", "already_scheduled"],
      ] as const) {
        for (const how of ["skipped", "failed"] as const) {
          const survey = await stepsOn(storage).arm();
          const claim = await stepsOn(storage).claim({ survey });
          const { meanwhile } = await whileOpen({
            storage,
            end,
            first: ({ surveys }) =>
              how === "skipped"
                ? surveys.markSkipped({ ...claim, reason: "ticket_not_resolved" })
                : surveys.markFailed(aFailure({ claim })),
            meanwhile: () => otherProcess.surveys.arm([aNewSurvey({ ...refOf(survey), ...later })]),
          });
          expectEqual<string | undefined>(meanwhile[0]?.kind, kind, `the outcome after a ${end}`);
          if (end === "rollback") {
            const again = await storage.surveys.markSkipped({ ...claim, reason: "ticket_not_resolved" });
            expectEqual<string>(again, "rearmed", "the end of the send after a rollback");
          }
          const { status, generation } = await stepsOn(storage).survey(survey);
          expectEqual([status, generation], ["scheduled", 2], `the survey after a ${end}`);
        }
      }
    },
  },
  {
    id: "transactions/open/failure-meets-leaving",
    rule: "A failing attempt and a leaving of which one is not yet committed end canceled, in either order.",
    async run({ storage, otherProcess }) {
      const failed = await stepsOn(storage).armAndBegin();
      await whileOpen({
        storage,
        first: ({ surveys }) => surveys.leave([aLeaving({ ...refOf(failed), at: minute(61) })]),
        meanwhile: () =>
          otherProcess.surveys.markFailed(aFailure({ claim: failed.claim, retryAt: minute(70) })),
      });
      expectEqual((await stepsOn(storage).survey(failed)).status, "canceled", "the one that failed then");
      const left = await stepsOn(storage).armAndBegin();
      const { meanwhile } = await whileOpen({
        storage,
        first: ({ surveys }) => surveys.markFailed(aFailure({ claim: left.claim, retryAt: minute(70) })),
        meanwhile: () => otherProcess.surveys.leave([aLeaving({ ...refOf(left), at: minute(61) })]),
      });
      expectEqual<string | undefined>(meanwhile[0]?.kind, "canceled", "the result of leaving");
      expectEqual((await stepsOn(storage).survey(left)).status, "canceled", "the one that was left then");
    },
  },
  {
    id: "transactions/open/claim-meets-leaving",
    rule: "A claim beside an uncommitted leaving gets nothing that ends as canceled, and one beside an uncommitted claim gets nothing twice.",
    async run({ storage, otherProcess }) {
      const claim = { now: minute(60), leaseForMs: longLeaseMs, limit: 10 };
      const left = await stepsOn(storage).arm();
      const leaving = await whileOpen({
        storage,
        first: ({ surveys }) => surveys.leave([aLeaving(refOf(left))]),
        meanwhile: () => otherProcess.surveys.claimDue(claim),
      });
      expectEqual(leaving.meanwhile, [], "the claim beside a leaving");
      expectEqual((await stepsOn(storage).survey(left)).status, "canceled", "the status");
      await stepsOn(storage).arm();
      const claiming = await whileOpen({
        storage,
        first: ({ surveys }) => surveys.claimDue(claim),
        meanwhile: () => otherProcess.surveys.claimDue(claim),
      });
      expectEqual([claiming.first.length, claiming.meanwhile.length], [1, 0], "claims of both");
    },
  },
  {
    id: "transactions/open/resolver-meets-arm",
    rule: "A survey belongs to the earliest resolver also where the resolution and the arm do not see each other yet.",
    async run({ storage, otherProcess }) {
      const first = aTicket();
      await whileOpen({
        storage,
        first: ({ surveys }) => surveys.arm([aNewSurvey(first)]),
        meanwhile: () => otherProcess.resolutions.record([aResolution({ ...first, actorId: "ada" })]),
      });
      expectEqual((await stepsOn(storage).survey(first)).resolvedBy, "ada", "resolvedBy when armed first");
      const second = aTicket();
      await whileOpen({
        storage,
        first: ({ resolutions }) => resolutions.record([aResolution({ ...second, actorId: "ada" })]),
        meanwhile: () => otherProcess.surveys.arm([aNewSurvey(second)]),
      });
      expectEqual(
        (await stepsOn(storage).survey(second)).resolvedBy,
        "ada",
        "resolvedBy when recorded first",
      );
    },
  },
];
