import { expectEqual } from "../assertions.ts";
import { minute, refOf, uniqueId } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import { aDeadDelivery, aDelivery, aMadeDelivery, raiseEvent, settleEvent } from "../events.ts";
import { current, happened, previous } from "../history.ts";
import { shortLeaseMs, untilLeaseEnds } from "../lease.ts";
import { aSurveyThatIs } from "../states.ts";
import { stepsOn } from "../steps.ts";

/** Backlog, maintenance and recounting. */
export const housekeepingCases: readonly StorageCase[] = [
  {
    id: "backlog/empty",
    rule: "An empty storage has nothing due, nothing expired and nothing given up.",
    async run({ storage }) {
      expectEqual(
        await storage.backlog(minute(60)),
        {
          dueSurveys: 0,
          oldestDueAt: null,
          expiredLeases: 0,
          failedSurveys: 0,
          dueEvents: 0,
          deadEvents: 0,
        },
        "the backlog",
      );
    },
  },
  {
    id: "backlog/due-surveys",
    rule: "Surveys are due from their time on, those of all workspaces together, with the oldest due time beside the count; leased ones and ended ones are not.",
    async run({ storage, otherProcess }) {
      const steps = stepsOn(storage);
      await steps.arm({ dueAt: minute(30) });
      await steps.arm({ dueAt: minute(60) });
      await steps.arm({ dueAt: minute(61) });
      const leased = await steps.arm({ dueAt: minute(1) });
      await steps.claim({ survey: leased });
      for (const way of ["sent", "answered", "canceled", "skipped", "erased"] as const) {
        await aSurveyThatIs({ way, storage, given: { dueAt: minute(2) } });
      }
      const seen = async (time: number) => {
        const { dueSurveys, oldestDueAt, expiredLeases } = await otherProcess.backlog(minute(time));
        return { dueSurveys, oldestDueAt, expiredLeases };
      };
      expectEqual(
        await seen(29),
        { dueSurveys: 0, oldestDueAt: null, expiredLeases: 0 },
        "the backlog at minute 29",
      );
      expectEqual(
        await seen(60),
        { dueSurveys: 2, oldestDueAt: minute(30), expiredLeases: 0 },
        "the backlog at minute 60",
      );
    },
  },
  {
    id: "backlog/ended-leases",
    rule: "A sending survey whose lease has ended is due again and counted apart.",
    async run({ storage }) {
      const survey = await stepsOn(storage).arm({ dueAt: minute(20) });
      await stepsOn(storage).claim({ survey, leaseForMs: shortLeaseMs });
      await stepsOn(storage).armAndBegin();
      await untilLeaseEnds({ storage });
      const { dueSurveys, oldestDueAt, expiredLeases } = await storage.backlog(minute(60));
      expectEqual([dueSurveys, oldestDueAt, expiredLeases], [1, minute(20), 1], "the backlog");
    },
  },
  {
    id: "backlog/given-up",
    rule: "Failed surveys and events with a delivery that was given up are counted until they are retried.",
    async run({ storage }) {
      const failed = await aSurveyThatIs({ way: "failed", storage });
      await aSurveyThatIs({ way: "failed after a mail", storage });
      const dead = await raiseEvent({ storage });
      await settleEvent({ storage, event: dead, deliveries: [aDeadDelivery(), aDeadDelivery()] });
      const count = async () => {
        const { failedSurveys, deadEvents } = await storage.backlog(minute(60));
        return [failedSurveys, deadEvents];
      };
      expectEqual(await count(), [2, 1], "failed surveys and dead events");
      await storage.surveys.retryFailed(failed.workspaceId, minute(100));
      await storage.outbox.replay(dead.workspaceId, dead.id, minute(100));
      expectEqual(await count(), [1, 0], "failed surveys and dead events after retrying");
    },
  },
  {
    id: "backlog/due-events",
    rule: "New events and those with a delivery to repeat by now are due; settled ones are not.",
    async run({ storage }) {
      await raiseEvent({ storage });
      const later = await raiseEvent({ storage });
      await settleEvent({ storage, event: later, deliveries: [aDelivery({ retryAt: minute(150) })] });
      for (const deliveries of [[], [aMadeDelivery()], [aDeadDelivery()]]) {
        await settleEvent({ storage, event: await raiseEvent({ storage }), deliveries });
      }
      expectEqual((await storage.backlog(minute(149))).dueEvents, 1, "events due before the repeat");
      expectEqual((await storage.backlog(minute(150))).dueEvents, 2, "events due at the repeat");
    },
  },
  {
    id: "maintain/changes-no-figures",
    rule: "Housekeeping, twice and from two processes at once, changes no survey, response or count, and a recount finds nothing off.",
    async run({ storage, otherProcess }) {
      const workspaceId = uniqueId("workspace");
      const at = "2026-03-03T08:00:00.000Z";
      const answered = await happened({
        storage,
        past: { workspaceId, sentAt: at, answer: [2, at], actorId: "ada" },
      });
      const erased = await happened({ storage, past: { workspaceId, sentAt: at, answer: [5, at] } });
      await storage.surveys.erase([refOf(erased)]);
      const waiting = await stepsOn(storage).arm({ workspaceId });
      const all = async () => [
        await storage.metrics.read({ workspaceId, current, previous }),
        await storage.responses.find(refOf(answered)),
        await stepsOn(storage).survey(answered),
        await stepsOn(storage).survey(erased),
        await stepsOn(storage).survey(waiting),
        await storage.journal.list(refOf(answered)),
        (await storage.surveys.findByToken(answered.tokenHash))?.respondedAt,
      ];
      const before = await all();
      const { signal } = new AbortController();
      await Promise.all([storage.maintain(minute(61), signal), otherProcess.maintain(minute(61), signal)]);
      await storage.maintain(minute(61), signal);
      expectEqual(await storage.recount(workspaceId), [], "the days that were off");
      expectEqual(await storage.recount(uniqueId("workspace")), [], "the days of an unknown workspace");
      expectEqual(await all(), before, "what is stored");
    },
  },
];
