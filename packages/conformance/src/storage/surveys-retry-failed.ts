import { expectEqual } from "../assertions.ts";
import { minute, uniqueId } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import { aSurveyThatIs, type Way } from "../states.ts";
import { longLeaseMs, stepsOn } from "../steps.ts";

const notFailed: readonly Way[] = [
  "scheduled",
  "sending",
  "sent",
  "answered",
  "canceled",
  "skipped",
  "erased",
];

/** Sending what had failed for good once more. */
export const surveysRetryFailedCases: readonly StorageCase[] = [
  {
    id: "surveys/retry-failed/due-at-once",
    rule: "Failed surveys of the workspace are scheduled for now with no attempts counted, and the journal says so; generation and `mayHaveReached` stay.",
    async run({ storage, otherProcess }) {
      const workspaceId = uniqueId("workspace");
      for (const way of ["failed", "failed after a mail"] as const) {
        const survey = await aSurveyThatIs({ way, storage, given: { workspaceId } });
        const before = await stepsOn(storage).survey(survey);
        expectEqual(await storage.surveys.retryFailed(workspaceId, minute(500)), 1, "surveys retried");
        expectEqual(
          await stepsOn(otherProcess).survey(survey),
          {
            ...before,
            status: "scheduled",
            reason: null,
            dueAt: minute(500),
            firstDueAt: minute(500),
            attempts: 0,
          },
          "the survey",
        );
        const { ticketId } = survey;
        expectEqual(
          (await otherProcess.journal.list({ workspaceId, ticketId })).at(-1),
          {
            workspaceId,
            ticketId,
            at: minute(500),
            event: "scheduled",
            reason: "retry_failed",
            actorId: null,
          },
          "the last journal entry",
        );
        const claim = { leaseForMs: longLeaseMs, limit: 10 };
        expectEqual(await storage.surveys.claimDue({ ...claim, now: minute(499) }), [], "due before");
        expectEqual(
          (await storage.surveys.claimDue({ ...claim, now: minute(500) })).length,
          1,
          "surveys due now",
        );
      }
    },
  },
  {
    id: "surveys/retry-failed/only-failed-ones",
    rule: "Surveys in any other status, and those of other workspaces, are not touched; the count says how many were.",
    async run({ storage }) {
      const workspaceId = uniqueId("workspace");
      const foreign = await aSurveyThatIs({ way: "failed", storage });
      const others = [];
      for (const way of notFailed) {
        others.push(await aSurveyThatIs({ way, storage, given: { workspaceId } }));
      }
      const kept = [...others, foreign];
      const before = await Promise.all(kept.map((survey) => stepsOn(storage).survey(survey)));
      expectEqual(await storage.surveys.retryFailed(workspaceId, minute(500)), 0, "retried of none failed");
      for (let failed = 0; failed < 3; failed++) {
        await aSurveyThatIs({ way: "failed", storage, given: { workspaceId } });
      }
      expectEqual(await storage.surveys.retryFailed(workspaceId, minute(500)), 3, "retried of three failed");
      expectEqual(await storage.surveys.retryFailed(workspaceId, minute(500)), 0, "retried again");
      expectEqual(
        await Promise.all(kept.map((survey) => stepsOn(storage).survey(survey))),
        before,
        "the others",
      );
    },
  },
  {
    id: "surveys/retry-failed/attempts-start-anew",
    rule: "A retried survey that fails again for good may be retried again, and still has its one generation.",
    async run({ storage }) {
      const steps = stepsOn(storage);
      const survey = await aSurveyThatIs({ way: "failed", storage });
      await storage.surveys.retryFailed(survey.workspaceId, minute(100));
      const claim = await steps.claim({ survey, now: minute(100) });
      await steps.begin({ claim });
      expectEqual((await steps.survey(survey)).attempts, 1, "attempts of the retried one");
      await steps.fail({ claim });
      expectEqual(await storage.surveys.retryFailed(survey.workspaceId, minute(200)), 1, "retried again");
      const { generation, status, dueAt } = await steps.survey(survey);
      expectEqual([generation, status, dueAt], [1, "scheduled", minute(200)], "the survey");
    },
  },
];
