import { expectEqual } from "../assertions.ts";
import { aLeaving, minute, refOf } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import { claimOnceLeaseEnds, shortLeaseMs } from "../lease.ts";
import { aFailure, longLeaseMs, stepsOn } from "../steps.ts";

const claimAll = { leaseForMs: longLeaseMs, limit: 10 };

/** How attempts end badly, and what is counted of them. */
export const surveysSettleCases: readonly StorageCase[] = [
  {
    id: "surveys/mark-skipped/reason-is-kept",
    rule: "A skipped survey keeps its reason, has reached nobody and is never due again.",
    async run({ storage, otherProcess }) {
      for (const reason of [
        "csat_disabled",
        "already_surveyed",
        "no_customer_email",
        "ticket_not_resolved",
        "ticket_not_found",
        "expired",
      ] as const) {
        const survey = await stepsOn(storage).arm();
        const before = await stepsOn(storage).survey(survey);
        await stepsOn(storage).skip({ claim: await stepsOn(storage).claim({ survey }), reason });
        expectEqual(
          await stepsOn(otherProcess).survey(survey),
          { ...before, status: "skipped", reason },
          "the survey",
        );
      }
      expectEqual(await storage.surveys.claimDue({ ...claimAll, now: minute(1_000_000) }), [], "surveys due");
    },
  },
  {
    id: "surveys/mark-failed/retried-at-its-time",
    rule: "An attempt to be repeated makes the survey scheduled at `retryAt`, claimed from then on and not before; `firstDueAt` and generation stay.",
    async run({ storage, otherProcess }) {
      const begun = await stepsOn(storage).armAndBegin();
      const before = await stepsOn(storage).survey(begun);
      await stepsOn(storage).fail({ claim: begun.claim, retryAt: minute(65) });
      expectEqual(
        await stepsOn(otherProcess).survey(begun),
        { ...before, status: "scheduled", dueAt: minute(65), attempts: 1, mayHaveReached: false },
        "the survey",
      );
      expectEqual(
        await otherProcess.surveys.claimDue({ ...claimAll, now: minute(64) }),
        [],
        "surveys due before",
      );
      const claimed = await otherProcess.surveys.claimDue({ ...claimAll, now: minute(65) });
      expectEqual(
        claimed.map(({ row, resumed }) => [row.id, row.attempts, resumed]),
        [[begun.surveyId, 1, false]],
        "surveys due at that time",
      );
    },
  },
  {
    id: "surveys/mark-failed/may-have-reached",
    rule: "A refused attempt leaves `mayHaveReached` as it was before; one of unknown fate leaves it true for good.",
    async run({ storage }) {
      const sequences: readonly (readonly [readonly ("refused" | "unknown" | "crash")[], boolean])[] = [
        [["refused"], false],
        [["refused", "refused"], false],
        [["unknown"], true],
        [["unknown", "refused"], true],
        [["refused", "unknown"], true],
        [["refused", "unknown", "refused", "refused"], true],
        [["crash", "refused"], true],
        [["refused", "crash", "refused"], true],
      ];
      for (const [attempts, expected] of sequences) {
        const steps = stepsOn(storage);
        const survey = await steps.arm();
        let claim = await steps.claim({ survey });
        for (const [index, fate] of attempts.entries()) {
          await steps.begin({ claim, leaseForMs: fate === "crash" ? shortLeaseMs : longLeaseMs });
          const now = minute(61 + index);
          if (fate === "crash") {
            claim = (await claimOnceLeaseEnds({ storage, survey, now })).claim;
          } else {
            await steps.fail({ claim, refused: fate === "refused", retryAt: now });
            if (index < attempts.length - 1) claim = await steps.claim({ survey, now });
          }
        }
        const { mayHaveReached, attempts: counted } = await steps.survey(survey);
        expectEqual([mayHaveReached, counted], [expected, attempts.length], `after ${attempts.join(", ")}`);
      }
    },
  },
  {
    id: "surveys/mark-failed/what-counts-as-attempt",
    rule: "An attempt that is not this mail's fault is taken back from the count, and only that one.",
    async run({ storage }) {
      const steps = stepsOn(storage);
      const survey = await steps.arm();
      const seen: number[] = [];
      for (const [index, countsAsAttempt] of [true, false, false, true, false].entries()) {
        const claim = await steps.claim({ survey, now: minute(60 + index) });
        await steps.begin({ claim });
        await steps.fail({ claim, countsAsAttempt, retryAt: minute(61 + index) });
        seen.push((await steps.survey(survey)).attempts);
      }
      expectEqual(seen, [1, 1, 1, 2, 2], "the attempts counted after each");
    },
  },
  {
    id: "surveys/mark-failed/put-off-before-it-began",
    rule: "A claim that is put off before its send began changes neither attempts nor `mayHaveReached`, whatever else it says.",
    async run({ storage, otherProcess }) {
      const steps = stepsOn(storage);
      const fresh = await steps.arm();
      for (const [index, { refused, countsAsAttempt }] of everyPair.entries()) {
        const claim = await steps.claim({ survey: fresh, now: minute(60 + index) });
        await steps.fail({ claim, refused, countsAsAttempt, retryAt: minute(61 + index) });
        const { attempts, mayHaveReached, status } = await steps.survey(fresh);
        expectEqual([attempts, mayHaveReached, status], [0, false, "scheduled"], "a fresh survey");
      }
      const crashed = await steps.armAndBegin({ leaseForMs: shortLeaseMs });
      let { claim } = await claimOnceLeaseEnds({ storage: otherProcess, survey: crashed });
      for (const [index, { refused, countsAsAttempt }] of everyPair.entries()) {
        await steps.fail({ claim, refused, countsAsAttempt, retryAt: minute(61 + index) });
        const { attempts, mayHaveReached } = await steps.survey(crashed);
        expectEqual([attempts, mayHaveReached], [1, true], "a survey whose first send was cut off");
        claim = await steps.claim({ survey: crashed, now: minute(61 + index) });
      }
    },
  },
  {
    id: "surveys/mark-failed/given-up",
    rule: "An attempt without a retry fails the survey: with the given reason, else indeterminate when a mail may have arrived and refused when not.",
    async run({ storage }) {
      const lines = [
        { refused: true, reason: undefined, expected: "refused" },
        { refused: false, reason: undefined, expected: "indeterminate" },
        { refused: true, reason: "attempts_used_up", expected: "attempts_used_up" },
        { refused: false, reason: "attempts_used_up", expected: "attempts_used_up" },
      ] as const;
      for (const { refused, reason, expected } of lines) {
        const begun = await stepsOn(storage).armAndBegin();
        await stepsOn(storage).fail({ claim: begun.claim, refused, reason });
        const survey = await stepsOn(storage).survey(begun);
        expectEqual(
          [survey.status, survey.reason, survey.mayHaveReached, survey.dueAt],
          ["failed", expected, !refused, minute(60)],
          "the survey",
        );
      }
      expectEqual(await storage.surveys.claimDue({ ...claimAll, now: minute(1_000_000) }), [], "surveys due");
    },
  },
  {
    id: "surveys/mark-failed/refused-after-an-unknown-one",
    rule: "Given up on a refusal, but after an attempt that may have arrived, the survey failed as indeterminate.",
    async run({ storage }) {
      const steps = stepsOn(storage);
      const begun = await steps.armAndBegin();
      await steps.fail({ claim: begun.claim, refused: false, retryAt: minute(61) });
      const claim = await steps.claim({ survey: begun, now: minute(61) });
      await steps.begin({ claim });
      await steps.fail({ claim, refused: true });
      const { status, reason, attempts } = await steps.survey(begun);
      expectEqual([status, reason, attempts], ["failed", "indeterminate", 2], "the survey");
    },
  },
  {
    id: "surveys/settle/answered-meanwhile",
    rule: "A survey answered during its send stays exactly as the answer left it, and its worker is told that it is done.",
    async run({ storage }) {
      for (const settle of ["skipped", "failed", "retried"] as const) {
        const begun = await stepsOn(storage).armAndBegin();
        await storage.surveys.leave([aLeaving({ ...refOf(begun), at: minute(61) })]);
        await stepsOn(storage).answer({ tokenHash: begun.tokenHash });
        const answered = await stepsOn(storage).survey(begun);
        const outcome =
          settle === "skipped"
            ? await storage.surveys.markSkipped({ ...begun.claim, reason: "expired" })
            : await storage.surveys.markFailed(
                aFailure({ claim: begun.claim, retryAt: settle === "failed" ? null : minute(70) }),
              );
        expectEqual(outcome, "done", `the outcome when ${settle}`);
        expectEqual(await stepsOn(storage).survey(begun), answered, `the survey when ${settle}`);
      }
      expectEqual(await storage.surveys.claimDue({ ...claimAll, now: minute(1_000_000) }), [], "surveys due");
    },
  },
];

const everyPair = [
  { refused: true, countsAsAttempt: true },
  { refused: true, countsAsAttempt: false },
  { refused: false, countsAsAttempt: true },
  { refused: false, countsAsAttempt: false },
] as const;
