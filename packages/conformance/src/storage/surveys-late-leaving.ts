import { expectEqual } from "../assertions.ts";
import { aLeaving, aNewSurvey, minute, refOf } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import { longLeaseMs, stepsOn } from "../steps.ts";

/** Events that arrive in another order than they happened, while the survey waits. */
export const surveysLateLeavingCases: readonly StorageCase[] = [
  {
    id: "surveys/leave/late-leaving-between-two-resolutions",
    rule: "A leaving that arrives after the resolution that followed it cancels the earlier generation and arms the survey from the later resolution.",
    async run({ storage }) {
      const steps = stepsOn(storage);
      const survey = await steps.arm({ resolvedAt: minute(0), dueAt: minute(60) });
      await storage.surveys.arm([
        aNewSurvey({ ...refOf(survey), resolvedAt: minute(20), dueAt: minute(80) }),
      ]);
      expectEqual(
        await storage.surveys.leave([aLeaving({ ...refOf(survey), at: minute(10) })]),
        [
          {
            ...refOf(survey),
            kind: "canceled",
            surveyId: survey.surveyId,
            generation: 1,
            rearmed: { generation: 2, dueAt: minute(80) },
          },
        ],
        "the result",
      );
      const { status, generation, reason, resolvedAt, dueAt, firstDueAt, attempts } =
        await steps.survey(survey);
      expectEqual(
        { status, generation, reason, resolvedAt, dueAt, firstDueAt, attempts },
        {
          status: "scheduled",
          generation: 2,
          reason: null,
          resolvedAt: minute(20),
          dueAt: minute(80),
          firstDueAt: minute(80),
          attempts: 0,
        },
        "the survey",
      );
      const claim = { leaseForMs: longLeaseMs, limit: 10 };
      expectEqual(await storage.surveys.claimDue({ ...claim, now: minute(79) }), [], "due too early");
      expectEqual(
        (await storage.surveys.claimDue({ ...claim, now: minute(80) })).length,
        1,
        "surveys due at minute 80",
      );
    },
  },
  {
    id: "surveys/leave/latest-resolution-is-remembered",
    rule: "Of several later resolutions the latest is remembered, in whatever order they came; a repeat of it with another due time moves nothing.",
    async run({ storage }) {
      for (const times of [
        [20, 40],
        [40, 20],
      ]) {
        const survey = await stepsOn(storage).arm({ resolvedAt: minute(0) });
        for (const time of times) {
          await storage.surveys.arm([
            aNewSurvey({ ...refOf(survey), resolvedAt: minute(time), dueAt: minute(time + 60) }),
          ]);
        }
        await storage.surveys.arm([
          aNewSurvey({ ...refOf(survey), resolvedAt: minute(40), dueAt: minute(900) }),
        ]);
        expectEqual(
          await storage.surveys.leave([aLeaving({ ...refOf(survey), at: minute(30) })]),
          [
            {
              ...refOf(survey),
              kind: "canceled",
              surveyId: survey.surveyId,
              generation: 1,
              rearmed: { generation: 2, dueAt: minute(100) },
            },
          ],
          `the result after resolutions at ${times.join(" and ")}`,
        );
      }
    },
  },
  {
    id: "surveys/leave/remembered-resolution-was-left-as-well",
    rule: "A remembered resolution at or before the leaving is canceled along, and never comes back.",
    async run({ storage }) {
      for (const at of [minute(20), minute(25)]) {
        const survey = await stepsOn(storage).arm({ resolvedAt: minute(0) });
        await storage.surveys.arm([aNewSurvey({ ...refOf(survey), resolvedAt: minute(20) })]);
        expectEqual(
          await storage.surveys.leave([aLeaving({ ...refOf(survey), at })]),
          [{ ...refOf(survey), kind: "canceled", surveyId: survey.surveyId, generation: 1 }],
          "the result",
        );
        await storage.surveys.leave([aLeaving({ ...refOf(survey), at: minute(5) })]);
        expectEqual((await stepsOn(storage).survey(survey)).status, "canceled", "the status");
      }
    },
  },
  {
    id: "surveys/leave/rearmed-from-memory-once",
    rule: "A survey armed from a remembered resolution forgets it: an older leaving does nothing more, a later one cancels for good.",
    async run({ storage }) {
      const survey = await stepsOn(storage).arm({ resolvedAt: minute(0) });
      await storage.surveys.arm([aNewSurvey({ ...refOf(survey), resolvedAt: minute(40) })]);
      await storage.surveys.leave([aLeaving({ ...refOf(survey), at: minute(10) })]);
      expectEqual(
        await storage.surveys.leave([aLeaving({ ...refOf(survey), at: minute(30) })]),
        [{ ...refOf(survey), kind: "nothing_pending" }],
        "the result of one older than the new resolution",
      );
      expectEqual(
        await storage.surveys.leave([aLeaving({ ...refOf(survey), at: minute(50) })]),
        [{ ...refOf(survey), kind: "canceled", surveyId: survey.surveyId, generation: 2 }],
        "the result of a later one",
      );
    },
  },
  {
    id: "surveys/leave/no-rearming-after-a-mail",
    rule: "Where a mail may have arrived, a late leaving cancels the retry and arms nothing, however late a resolution is known.",
    async run({ storage }) {
      const steps = stepsOn(storage);
      const begun = await steps.armAndBegin({ resolvedAt: minute(0) });
      await steps.fail({ claim: begun.claim, refused: false, retryAt: minute(65) });
      await storage.surveys.arm([
        aNewSurvey({ ...refOf(begun), resolvedAt: minute(63), dueAt: minute(123) }),
      ]);
      expectEqual(
        await storage.surveys.leave([aLeaving({ ...refOf(begun), at: minute(62) })]),
        [{ ...refOf(begun), kind: "canceled", surveyId: begun.surveyId, generation: 1 }],
        "the result",
      );
      const { status, generation } = await steps.survey(begun);
      expectEqual([status, generation], ["canceled", 1], "the survey");
    },
  },
  {
    id: "surveys/leave/any-order-of-four-events",
    rule: "Two resolutions, a leaving between them and one before them end the same in all 24 orders of arrival: armed by the last resolution.",
    async run({ storage }) {
      for (const order of permutations(["left 5", "resolved 10", "left 15", "resolved 20"])) {
        const ref = { workspaceId: "acme", ticketId: order.join(", ") };
        for (const event of order) {
          const time = Number(event.split(" ")[1]);
          if (event.startsWith("left")) {
            await storage.surveys.leave([aLeaving({ ...ref, at: minute(time) })]);
          } else {
            await storage.surveys.arm([
              aNewSurvey({ ...ref, resolvedAt: minute(time), dueAt: minute(time + 60) }),
            ]);
          }
        }
        const { status, resolvedAt, dueAt } = await stepsOn(storage).survey(ref);
        expectEqual(
          { status, resolvedAt, dueAt },
          { status: "scheduled", resolvedAt: minute(20), dueAt: minute(80) },
          `the survey after ${ref.ticketId}`,
        );
      }
    },
  },
];

function permutations<Element>(elements: readonly Element[]): readonly (readonly Element[])[] {
  if (elements.length < 2) return [elements];
  return elements.flatMap((first, index) =>
    permutations(elements.filter((_, other) => other !== index)).map((rest) => [first, ...rest]),
  );
}
