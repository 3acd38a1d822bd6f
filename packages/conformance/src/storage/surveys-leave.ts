import { expectEqual, expectTrue } from "../assertions.ts";
import { aLeaving, aNewSurvey, aTicket, minute, refOf, tickets, uniqueId } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import { aSurveyThatIs, type Way } from "../states.ts";
import { longLeaseMs, stepsOn } from "../steps.ts";

const overAlready: readonly Way[] = [
  "canceled",
  "skipped",
  "failed",
  "erased",
  "canceled after a mail",
  "skipped after a mail",
  "failed after a mail",
];

/** What a reopening, closing or merging does. */
export const surveysLeaveCases: readonly StorageCase[] = [
  {
    id: "surveys/leave/cancels-what-waits",
    rule: "A scheduled survey is canceled with the reason of the leaving, and is never due again.",
    async run({ storage, otherProcess }) {
      for (const reason of ["reopened", "closed", "merged"] as const) {
        const survey = await stepsOn(storage).arm();
        const before = await stepsOn(storage).survey(survey);
        expectEqual(
          await storage.surveys.leave([aLeaving({ ...refOf(survey), reason })]),
          [{ ...refOf(survey), kind: "canceled", surveyId: survey.surveyId, generation: 1 }],
          "the result",
        );
        expectEqual(
          await stepsOn(otherProcess).survey(survey),
          { ...before, status: "canceled", reason },
          "the survey",
        );
      }
      const claim = { now: minute(100_000), leaseForMs: longLeaseMs, limit: 10 };
      expectEqual(await storage.surveys.claimDue(claim), [], "surveys due");
    },
  },
  {
    id: "surveys/leave/at-the-time-of-the-resolution",
    rule: "A leaving at the very time of the resolution cancels; one a millisecond older cancels nothing.",
    async run({ storage }) {
      const survey = await stepsOn(storage).arm({ resolvedAt: minute(20) });
      const older = new Date(minute(20).getTime() - 1);
      expectEqual(
        await storage.surveys.leave([aLeaving({ ...refOf(survey), at: older })]),
        [{ ...refOf(survey), kind: "nothing_pending" }],
        "the result of the older one",
      );
      expectEqual((await stepsOn(storage).survey(survey)).status, "scheduled", "the status then");
      await stepsOn(storage).cancel({ ...refOf(survey), at: minute(20) });
      expectEqual((await stepsOn(storage).survey(survey)).status, "canceled", "the status at last");
    },
  },
  {
    id: "surveys/leave/too-late-once-sent",
    rule: "Leaving a ticket whose survey is sent or answered is too late and touches nothing.",
    async run({ storage }) {
      for (const way of ["sent", "answered"] as const) {
        const survey = await aSurveyThatIs({ way, storage });
        const before = await stepsOn(storage).survey(survey);
        expectEqual(
          await storage.surveys.leave([aLeaving({ ...refOf(survey), at: minute(200) })]),
          [{ ...refOf(survey), kind: "too_late" }],
          `the result for one ${way}`,
        );
        expectEqual(await stepsOn(storage).survey(survey), before, `the survey that is ${way}`);
      }
    },
  },
  {
    id: "surveys/leave/too-late-while-sending",
    rule: "During a send a leaving is too late and the survey stays sending; one older than the resolution concerns nothing.",
    async run({ storage }) {
      for (const [at, kind] of [
        [minute(61), "too_late"],
        [minute(0), "too_late"],
        [minute(-1), "nothing_pending"],
      ] as const) {
        const survey = await aSurveyThatIs({ way: "sending", storage });
        const before = await stepsOn(storage).survey(survey);
        expectEqual(
          await storage.surveys.leave([aLeaving({ ...refOf(survey), at })]),
          [{ ...refOf(survey), kind }],
          `the result of a leaving at ${at.toISOString()}`,
        );
        expectEqual(await stepsOn(storage).survey(survey), before, "the survey");
      }
    },
  },
  {
    id: "surveys/leave/nothing-waits",
    rule: "Where no survey waits any more, or never did, a leaving finds nothing pending and touches nothing.",
    async run({ storage }) {
      for (const way of overAlready) {
        const survey = await aSurveyThatIs({ way, storage });
        const before = await stepsOn(storage).survey(survey);
        expectEqual(
          await storage.surveys.leave([aLeaving({ ...refOf(survey), at: minute(300), reason: "merged" })]),
          [{ ...refOf(survey), kind: "nothing_pending" }],
          `the result for one ${way}`,
        );
        expectEqual(await stepsOn(storage).survey(survey), before, `the survey that is ${way}`);
      }
      const unknown = aTicket();
      expectEqual(
        await storage.surveys.leave([aLeaving(unknown)]),
        [{ ...unknown, kind: "nothing_pending" }],
        "the result for an unknown ticket",
      );
      expectEqual(await storage.surveys.find(unknown), null, "its survey");
    },
  },
  {
    id: "surveys/leave/waiting-for-a-retry",
    rule: "A survey that waits for another attempt is canceled too, and keeps that a mail may have arrived.",
    async run({ storage }) {
      const survey = await aSurveyThatIs({ way: "canceled after a mail", storage });
      const { status, reason, mayHaveReached, attempts } = await stepsOn(storage).survey(survey);
      expectEqual(
        { status, reason, mayHaveReached, attempts },
        { status: "canceled", reason: "reopened", mayHaveReached: true, attempts: 1 },
        "the survey",
      );
    },
  },
  {
    id: "surveys/leave/results-in-order",
    rule: "A batch has one result per leaving, in the order of the batch, each about its own ticket.",
    async run({ storage }) {
      const workspaceId = uniqueId("workspace");
      const first = await stepsOn(storage).arm({ workspaceId, ticketId: "t-1" });
      const second = { workspaceId, ticketId: "t-2" };
      const third = await stepsOn(storage).send({ workspaceId, ticketId: "t-3" });
      const fourth = await stepsOn(storage).arm({ workspaceId, ticketId: "t-4" });
      expectEqual(
        await storage.surveys.leave([first, second, third, fourth].map((ref) => aLeaving(ref))),
        [
          { ...refOf(first), kind: "canceled", surveyId: first.surveyId, generation: 1 },
          { ...second, kind: "nothing_pending" },
          { ...refOf(third), kind: "too_late" },
          { ...refOf(fourth), kind: "canceled", surveyId: fourth.surveyId, generation: 1 },
        ],
        "the results",
      );
      expectEqual(await storage.surveys.leave([]), [], "the results of an empty batch");
    },
  },
  {
    id: "surveys/leave/a-thousand-at-once",
    rule: "A batch of 1,000 leavings cancels every survey that waits and reports all in order.",
    async run({ storage }) {
      const batch = tickets(1000);
      const armed = batch.filter((_, index) => index % 2 === 0).map((ref) => aNewSurvey(ref));
      await storage.surveys.arm(armed);
      expectEqual(
        await storage.surveys.leave(batch.map((ref) => aLeaving(ref))),
        batch.map((ref, index) =>
          index % 2 === 0
            ? { ...ref, kind: "canceled" as const, surveyId: `${armed[index / 2]?.id}`, generation: 1 }
            : { ...ref, kind: "nothing_pending" as const },
        ),
        "the results",
      );
      const claim = { now: minute(60), leaseForMs: longLeaseMs, limit: 10 };
      expectEqual(await storage.surveys.claimDue(claim), [], "surveys due");
    },
  },
  {
    id: "surveys/leave/races-a-claim",
    rule: "A leaving and a claim at the same moment agree: either it was canceled and nobody has it, or it is being sent and the leaving is too late.",
    async run({ storage, otherProcess }) {
      for (let round = 0; round < 20; round++) {
        const survey = await stepsOn(storage).arm();
        const only = { workspaceId: survey.workspaceId, id: survey.surveyId };
        const [claimed, left] = await Promise.all([
          storage.surveys.claimDue({ now: minute(60), leaseForMs: longLeaseMs, limit: 1, only }),
          otherProcess.surveys.leave([aLeaving(refOf(survey))]),
        ]);
        const { status } = await stepsOn(storage).survey(survey);
        const seen = `${claimed.length} claimed, ${left[0]?.kind}, ${status}`;
        expectTrue(
          ["1 claimed, too_late, sending", "0 claimed, canceled, canceled"].includes(seen),
          `"${seen}" is one of the two possible ends`,
        );
      }
    },
  },
];
