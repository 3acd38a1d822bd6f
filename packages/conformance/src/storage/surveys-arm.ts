import { expectEqual } from "../assertions.ts";
import { aLeaving, aNewSurvey, aResolution, aTicket, minute, refOf, tickets, uniqueId } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import { aSurveyThatIs } from "../states.ts";
import { stepsOn } from "../steps.ts";

/** What a resolution does to a ticket that has no survey, or one that waits. */
export const surveysArmCases: readonly StorageCase[] = [
  {
    id: "surveys/arm/first-resolution-schedules",
    rule: "A ticket's first resolution makes a scheduled survey of generation 1, exactly as given.",
    async run({ storage, otherProcess }) {
      const wanted = aNewSurvey({ resolvedAt: minute(0.00005), dueAt: minute(60.00005) });
      expectEqual(
        await storage.surveys.arm([wanted]),
        [{ ...refOf(wanted), kind: "armed", surveyId: wanted.id, generation: 1 }],
        "the outcome",
      );
      expectEqual(
        await otherProcess.surveys.find(refOf(wanted)),
        {
          ...refOf(wanted),
          id: wanted.id,
          status: "scheduled",
          generation: 1,
          reason: null,
          resolvedAt: wanted.resolvedAt,
          dueAt: wanted.dueAt,
          firstDueAt: wanted.dueAt,
          attempts: 0,
          mayHaveReached: false,
          sentAt: null,
          resolvedBy: null,
        },
        "the survey",
      );
    },
  },
  {
    id: "surveys/arm/nothing-to-arm",
    rule: "An empty batch is no error and has no outcomes; a ticket without a survey is found as null.",
    async run({ storage }) {
      expectEqual(await storage.surveys.arm([]), [], "the outcomes");
      expectEqual(await storage.surveys.find(aTicket()), null, "the survey of an unknown ticket");
    },
  },
  {
    id: "surveys/arm/attributed-to-first-resolver",
    rule: "A new survey belongs to the actor of the ticket's earliest resolution, not of the one that armed it.",
    async run({ storage }) {
      const ref = aTicket();
      await storage.resolutions.record([aResolution({ ...ref, actorId: "ada", resolvedAt: minute(0) })]);
      await storage.resolutions.record([aResolution({ ...ref, actorId: "bob", resolvedAt: minute(30) })]);
      const survey = await stepsOn(storage).arm({ ...ref, resolvedAt: minute(30), dueAt: minute(90) });
      expectEqual((await stepsOn(storage).survey(survey)).resolvedBy, "ada", "resolvedBy");
    },
  },
  {
    id: "surveys/arm/repeats-change-nothing",
    rule: "The same, an earlier or a later resolution of a scheduled survey leaves it as it is: no delay restarts.",
    async run({ storage }) {
      const survey = await stepsOn(storage).arm({ resolvedAt: minute(0) });
      const before = await stepsOn(storage).survey(survey);
      for (const resolvedAt of [minute(0), minute(-30), minute(30)]) {
        const again = aNewSurvey({ ...refOf(survey), resolvedAt, dueAt: minute(500) });
        expectEqual(
          await storage.surveys.arm([again]),
          [{ ...refOf(survey), kind: "already_scheduled" }],
          `the outcome of a resolution at ${resolvedAt.toISOString()}`,
        );
        expectEqual(await stepsOn(storage).survey(survey), before, "the survey");
      }
    },
  },
  {
    id: "surveys/arm/waiting-for-a-retry",
    rule: "A survey that waits for another attempt is scheduled as well, also when a mail may have arrived: it stays as it is.",
    async run({ storage }) {
      for (const refused of [true, false]) {
        const begun = await stepsOn(storage).armAndBegin();
        await stepsOn(storage).fail({ claim: begun.claim, refused, retryAt: minute(65) });
        const before = await stepsOn(storage).survey(begun);
        for (const resolvedAt of [minute(0), minute(63)]) {
          expectEqual(
            await storage.surveys.arm([aNewSurvey({ ...refOf(begun), resolvedAt, dueAt: minute(500) })]),
            [{ ...refOf(begun), kind: "already_scheduled" }],
            "the outcome",
          );
        }
        expectEqual(await stepsOn(storage).survey(begun), before, "the survey");
      }
    },
  },
  {
    id: "surveys/arm/sending-is-left-alone",
    rule: "A resolution during a send is only remembered: the survey under way does not change.",
    async run({ storage }) {
      for (const resolvedAt of [minute(0), minute(-5), minute(61)]) {
        const survey = await aSurveyThatIs({ way: "sending", storage });
        const before = await stepsOn(storage).survey(survey);
        expectEqual(
          await storage.surveys.arm([aNewSurvey({ ...refOf(survey), resolvedAt, dueAt: minute(200) })]),
          [{ ...refOf(survey), kind: "already_scheduled" }],
          "the outcome",
        );
        expectEqual(await stepsOn(storage).survey(survey), before, "the survey");
      }
    },
  },
  {
    id: "surveys/arm/leaving-known-before-the-survey",
    rule: "A resolution at or before the ticket's last leaving arms nothing; one a millisecond later does.",
    async run({ storage }) {
      const ref = aTicket();
      await storage.surveys.leave([aLeaving({ ...ref, at: minute(10) })]);
      for (const resolvedAt of [minute(9), minute(10)]) {
        expectEqual(
          await storage.surveys.arm([aNewSurvey({ ...ref, resolvedAt })]),
          [{ ...ref, kind: "left_since" }],
          `the outcome of ${resolvedAt.toISOString()}`,
        );
        expectEqual(await storage.surveys.find(ref), null, "the survey");
      }
      const later = await stepsOn(storage).arm({ ...ref, resolvedAt: new Date(minute(10).getTime() + 1) });
      expectEqual((await stepsOn(storage).survey(later)).generation, 1, "the generation");
    },
  },
  {
    id: "surveys/arm/greatest-leaving-counts",
    rule: "Of several leavings the latest by its own time counts, in whatever order they came.",
    async run({ storage }) {
      for (const times of [
        [minute(30), minute(10)],
        [minute(10), minute(30)],
      ]) {
        const ref = aTicket();
        for (const at of times) await storage.surveys.leave([aLeaving({ ...ref, at })]);
        expectEqual(
          await storage.surveys.arm([aNewSurvey({ ...ref, resolvedAt: minute(20) })]),
          [{ ...ref, kind: "left_since" }],
          "the outcome of a resolution between the two",
        );
      }
    },
  },
  {
    id: "surveys/arm/stale-leaving-outlives-the-arming",
    rule: "A leaving older than the scheduled survey is kept: a resolution before it is told that the ticket was left.",
    async run({ storage }) {
      const survey = await stepsOn(storage).arm({ resolvedAt: minute(20) });
      await storage.surveys.leave([aLeaving({ ...refOf(survey), at: minute(10) })]);
      expectEqual(
        await storage.surveys.arm([aNewSurvey({ ...refOf(survey), resolvedAt: minute(5) })]),
        [{ ...refOf(survey), kind: "left_since" }],
        "the outcome",
      );
      expectEqual((await stepsOn(storage).survey(survey)).status, "scheduled", "the status");
    },
  },
  {
    id: "surveys/arm/outcomes-in-order",
    rule: "A batch has one outcome per ticket, in the order of the batch, each about its own ticket.",
    async run({ storage }) {
      const workspaceId = uniqueId("workspace");
      const [first, second, third, fourth] = ["t-1", "t-2", "t-3", "t-4"].map((ticketId) =>
        aNewSurvey({ workspaceId, ticketId }),
      );
      if (!first || !second || !third || !fourth) return;
      await storage.surveys.arm([second]);
      await storage.surveys.leave([aLeaving({ ...refOf(third), at: minute(5) })]);
      await storage.surveys.erase([refOf(fourth)]);
      expectEqual(
        await storage.surveys.arm([first, second, third, fourth]),
        [
          { ...refOf(first), kind: "armed", surveyId: first.id, generation: 1 },
          { ...refOf(second), kind: "already_scheduled" },
          { ...refOf(third), kind: "left_since" },
          { ...refOf(fourth), kind: "already_surveyed" },
        ],
        "the outcomes",
      );
    },
  },
  {
    id: "surveys/arm/a-thousand-at-once",
    rule: "A batch of 1,000 arms every ticket that has no survey and reports all of them in order.",
    async run({ storage }) {
      const batch = tickets(1000).map((ref) => aNewSurvey(ref));
      await storage.surveys.arm(batch.filter((_, index) => index % 3 === 0));
      expectEqual(
        await storage.surveys.arm(batch.map((survey) => ({ ...survey, id: `${survey.id}-again` }))),
        batch.map((survey, index) =>
          index % 3 === 0
            ? { ...refOf(survey), kind: "already_scheduled" as const }
            : { ...refOf(survey), kind: "armed" as const, surveyId: `${survey.id}-again`, generation: 1 },
        ),
        "the outcomes",
      );
      const due = await storage.surveys.claimDue({ now: minute(60), leaseForMs: 60_000, limit: 2000 });
      expectEqual(due.length, 1000, "surveys due");
    },
  },
  {
    id: "surveys/arm/parallel-arms-make-one-survey",
    rule: "Of 20 simultaneous arms of one ticket, through two handles, exactly one is told that it armed.",
    async run({ storage, otherProcess }) {
      const ref = aTicket();
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          (index % 2 === 0 ? storage : otherProcess).surveys.arm([aNewSurvey(ref)]),
        ),
      );
      const all = outcomes.flat();
      const armed = all.flatMap((outcome) => (outcome.kind === "armed" ? [outcome] : []));
      expectEqual(armed.length, 1, "arms that armed");
      expectEqual(
        all.filter(({ kind }) => kind === "already_scheduled").length,
        19,
        "arms told of another's survey",
      );
      const survey = await stepsOn(otherProcess).survey(ref);
      expectEqual([survey.id, survey.generation], [armed[0]?.surveyId, 1], "the survey");
    },
  },
];
