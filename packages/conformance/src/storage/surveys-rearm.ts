import { expectEqual } from "../assertions.ts";
import { aLeaving, aNewSurvey, aResolution, minute, refOf } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import { aSurveyThatIs, neverMailed, type Way } from "../states.ts";
import { stepsOn } from "../steps.ts";

const lifetimeUsedUp: readonly Way[] = [
  "sent",
  "answered",
  "erased",
  "canceled after a mail",
  "skipped after a mail",
  "failed after a mail",
];

/** What a resolution does to a ticket whose survey has ended. */
export const surveysRearmCases: readonly StorageCase[] = [
  {
    id: "surveys/arm/rearms-what-reached-nobody",
    rule: "A later resolution arms a canceled, skipped or failed survey anew: same id, next generation, times as given, nothing else kept.",
    async run({ storage }) {
      for (const way of neverMailed) {
        const survey = await aSurveyThatIs({ way, storage });
        const again = aNewSurvey({ ...refOf(survey), resolvedAt: minute(100), dueAt: minute(160) });
        expectEqual(
          await storage.surveys.arm([again]),
          [{ ...refOf(survey), kind: "armed", surveyId: survey.surveyId, generation: 2 }],
          `the outcome for a ${way} survey`,
        );
        expectEqual(
          await stepsOn(storage).survey(survey),
          {
            ...refOf(survey),
            id: survey.surveyId,
            status: "scheduled",
            generation: 2,
            reason: null,
            resolvedAt: minute(100),
            dueAt: minute(160),
            firstDueAt: minute(160),
            attempts: 0,
            mayHaveReached: false,
            sentAt: null,
            resolvedBy: null,
          },
          `the survey that was ${way}`,
        );
      }
    },
  },
  {
    id: "surveys/arm/rearmed-survey-is-due-at-its-new-time",
    rule: "After resolve, reopen, resolve the survey is due by the second resolution only, and never by the first.",
    async run({ storage }) {
      const steps = stepsOn(storage);
      const survey = await steps.arm({ resolvedAt: minute(0), dueAt: minute(60) });
      await steps.cancel({ ...refOf(survey), at: minute(10) });
      await steps.arm({ ...refOf(survey), resolvedAt: minute(20), dueAt: minute(80) });
      const claim = { leaseForMs: 60_000, limit: 10 };
      expectEqual(await storage.surveys.claimDue({ ...claim, now: minute(79) }), [], "due before");
      const claimed = await storage.surveys.claimDue({ ...claim, now: minute(80) });
      expectEqual(
        claimed.map(({ row }) => [row.id, row.generation]),
        [[survey.surveyId, 2]],
        "due at its time",
      );
    },
  },
  {
    id: "surveys/arm/a-mail-uses-up-the-lifetime",
    rule: "A ticket that a mail may have reached, or that was erased, is never armed again, whatever is resolved later.",
    async run({ storage }) {
      for (const way of lifetimeUsedUp) {
        const survey = await aSurveyThatIs({ way, storage });
        const before = await stepsOn(storage).survey(survey);
        for (const resolvedAt of [minute(0), minute(1000)]) {
          expectEqual(
            await storage.surveys.arm([aNewSurvey({ ...refOf(survey), resolvedAt, dueAt: minute(2000) })]),
            [{ ...refOf(survey), kind: "already_surveyed" }],
            `the outcome for one ${way}`,
          );
        }
        expectEqual(await stepsOn(storage).survey(survey), before, `the survey that is ${way}`);
      }
    },
  },
  {
    id: "surveys/arm/surveyed-comes-before-left",
    rule: "Where a ticket was both surveyed and left, the outcome is already_surveyed.",
    async run({ storage }) {
      for (const way of lifetimeUsedUp) {
        const survey = await aSurveyThatIs({ way, storage });
        await storage.surveys.leave([aLeaving({ ...refOf(survey), at: minute(300) })]);
        expectEqual(
          await storage.surveys.arm([aNewSurvey({ ...refOf(survey), resolvedAt: minute(200) })]),
          [{ ...refOf(survey), kind: "already_surveyed" }],
          `the outcome for one ${way}`,
        );
      }
    },
  },
  {
    id: "surveys/arm/repeats-do-not-rearm",
    rule: "A repeat of the resolution that armed a skipped or failed survey, or an earlier one, arms nothing.",
    async run({ storage }) {
      for (const way of ["skipped", "failed"] as const) {
        const survey = await aSurveyThatIs({ way, storage });
        const before = await stepsOn(storage).survey(survey);
        for (const resolvedAt of [minute(0), minute(-10)]) {
          expectEqual(
            await storage.surveys.arm([aNewSurvey({ ...refOf(survey), resolvedAt, dueAt: minute(500) })]),
            [{ ...refOf(survey), kind: "already_scheduled" }],
            `the outcome for a ${way} survey`,
          );
        }
        expectEqual(await stepsOn(storage).survey(survey), before, `the ${way} survey`);
      }
    },
  },
  {
    id: "surveys/arm/canceled-repeat-is-left-since",
    rule: "The resolution that a leaving canceled stays canceled when its event comes again.",
    async run({ storage }) {
      const survey = await aSurveyThatIs({ way: "canceled", storage });
      for (const resolvedAt of [minute(0), minute(10)]) {
        expectEqual(
          await storage.surveys.arm([aNewSurvey({ ...refOf(survey), resolvedAt })]),
          [{ ...refOf(survey), kind: "left_since" }],
          "the outcome",
        );
      }
      expectEqual((await stepsOn(storage).survey(survey)).status, "canceled", "the status");
    },
  },
  {
    id: "surveys/arm/left-since-in-any-status",
    rule: "A resolution at or before a later leaving is left_since also while the survey is sending, and when it was skipped or failed.",
    async run({ storage }) {
      for (const way of ["sending", "skipped", "failed"] as const) {
        const survey = await aSurveyThatIs({ way, storage });
        await storage.surveys.leave([aLeaving({ ...refOf(survey), at: minute(90) })]);
        const before = await stepsOn(storage).survey(survey);
        expectEqual(
          await storage.surveys.arm([aNewSurvey({ ...refOf(survey), resolvedAt: minute(80) })]),
          [{ ...refOf(survey), kind: "left_since" }],
          `the outcome for one ${way}`,
        );
        expectEqual(await stepsOn(storage).survey(survey), before, `the survey that is ${way}`);
      }
    },
  },
  {
    id: "surveys/arm/generations-go-on-counting",
    rule: "Every arming counts one generation on, and the survey keeps its id and its first resolver.",
    async run({ storage }) {
      const steps = stepsOn(storage);
      const survey = await steps.arm();
      await storage.resolutions.record([aResolution({ ...refOf(survey), actorId: "ada" })]);
      for (const generation of [2, 3, 4]) {
        await steps.cancel({ ...refOf(survey), at: minute(generation * 100) });
        const resolvedAt = minute(generation * 100 + 1);
        await storage.resolutions.record([aResolution({ ...refOf(survey), actorId: "bob", resolvedAt })]);
        await steps.arm({ ...refOf(survey), resolvedAt, dueAt: minute(generation * 100 + 60) });
        const now = await steps.survey(survey);
        expectEqual(
          [now.id, now.generation, now.resolvedBy],
          [survey.surveyId, generation, "ada"],
          "id, generation and resolver",
        );
      }
    },
  },
  {
    id: "surveys/arm/parallel-rearms-count-one-generation",
    rule: "Of 10 simultaneous arms of a canceled survey by one resolution, exactly one is told that it armed.",
    async run({ storage, otherProcess }) {
      const survey = await aSurveyThatIs({ way: "canceled", storage });
      const again = { ...refOf(survey), resolvedAt: minute(20), dueAt: minute(80) };
      const outcomes = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          (index % 2 === 0 ? storage : otherProcess).surveys.arm([aNewSurvey(again)]),
        ),
      );
      const kinds = outcomes.flat().map(({ kind }) => kind);
      expectEqual(kinds.filter((kind) => kind === "armed").length, 1, "arms that armed");
      expectEqual(kinds.filter((kind) => kind === "already_scheduled").length, 9, "arms that did not");
      expectEqual((await stepsOn(storage).survey(survey)).generation, 2, "the generation");
    },
  },
];
