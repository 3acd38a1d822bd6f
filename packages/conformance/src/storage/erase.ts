import { expectEqual, expectTrue } from "../assertions.ts";
import {
  aLeaving,
  aNewSurvey,
  anAnswer,
  aPage,
  aResolution,
  aTicket,
  inCoreOrder,
  minute,
  refOf,
  tickets,
  uniqueId,
} from "../builders.ts";
import type { StorageCase } from "../case.ts";
import { aSurveyThatIs, type Way } from "../states.ts";
import { aFailure, longLeaseMs, stepsOn } from "../steps.ts";

const everyWay: readonly Way[] = [
  "scheduled",
  "sending",
  "sent",
  "answered",
  "canceled",
  "skipped",
  "failed",
  "failed after a mail",
];
const claimAll = { now: minute(1_000_000), leaseForMs: longLeaseMs, limit: 10 };
const firstPage = { limit: 10, cursor: null, dead: false };

/** Erasing a ticket. */
export const eraseCases: readonly StorageCase[] = [
  {
    id: "surveys/erase/nothing-personal-stays",
    rule: "Erasing removes response, journal, links and events of the ticket; what stays is a tombstone without times of sending or actors.",
    async run({ storage, otherProcess }) {
      const steps = stepsOn(storage);
      const answered = await steps.sendAndAnswer({ comment: "private", eventId: uniqueId("event") });
      const ref = refOf(answered);
      await storage.resolutions.record([aResolution({ ...ref, actorId: "ada" })]);
      await storage.journal.append([
        { ...ref, at: minute(0), event: "resolved", reason: null, actorId: "ada" },
      ]);
      await storage.surveys.erase([ref]);
      expectEqual(await otherProcess.responses.find(ref), null, "the response");
      expectEqual(await otherProcess.journal.list(ref), [], "the journal");
      expectEqual(await otherProcess.surveys.findByToken(answered.tokenHash), null, "the page");
      expectEqual((await otherProcess.outbox.list(ref.workspaceId, firstPage)).items, [], "the events");
      expectEqual(await otherProcess.outbox.claimDue(claimAll), [], "the events to deliver");
      const { status, mayHaveReached, sentAt, resolvedBy, reason, ticketId, workspaceId } =
        await stepsOn(otherProcess).survey(ref);
      expectEqual(
        { status, mayHaveReached, sentAt, resolvedBy, reason, ticketId, workspaceId },
        { ...ref, status: "erased", mayHaveReached: true, sentAt: null, resolvedBy: null, reason: null },
        "the tombstone",
      );
    },
  },
  {
    id: "surveys/erase/tokens-are-gone",
    rule: "The tokens of an erased ticket are removed, not only refused: another survey could be given the same.",
    async run({ storage }) {
      const erased = await stepsOn(storage).sendAndAnswer();
      await storage.surveys.erase([refOf(erased)]);
      const { workspaceId, tokenHash } = erased;
      const other = await stepsOn(storage).armAndBegin({ workspaceId, tokenHash });
      await stepsOn(storage).answer({ tokenHash });
      expectEqual(
        (await stepsOn(storage).survey(other)).status,
        "answered",
        "the status of the other survey",
      );
    },
  },
  {
    id: "surveys/erase/from-every-status",
    rule: "A survey of any status becomes a tombstone that is never due, armed, left, answered or retried.",
    async run({ storage }) {
      for (const way of everyWay) {
        const survey = await aSurveyThatIs({ way, storage });
        const ref = refOf(survey);
        await storage.surveys.erase([ref]);
        expectEqual((await stepsOn(storage).survey(ref)).status, "erased", `the status of one ${way}`);
        expectEqual(
          await storage.surveys.leave([aLeaving({ ...ref, at: minute(200) })]),
          [{ ...ref, kind: "nothing_pending" }],
          `leaving one ${way}`,
        );
        expectEqual(
          await storage.surveys.arm([aNewSurvey({ ...ref, resolvedAt: minute(900) })]),
          [{ ...ref, kind: "already_surveyed" }],
          `resolving one ${way}`,
        );
        expectEqual(await storage.surveys.retryFailed(ref.workspaceId, minute(1)), 0, "surveys retried");
        expectEqual((await stepsOn(storage).survey(ref)).status, "erased", `the status of one ${way}`);
      }
      expectEqual(await storage.surveys.claimDue(claimAll), [], "surveys due");
    },
  },
  {
    id: "surveys/erase/unknown-tickets",
    rule: "An unknown ticket gets a tombstone as well: it is found as erased and never surveyed.",
    async run({ storage, otherProcess }) {
      const ref = aTicket();
      await storage.surveys.erase([ref]);
      expectEqual(
        await storage.surveys.arm([aNewSurvey(ref)]),
        [{ ...ref, kind: "already_surveyed" }],
        "the outcome of resolving",
      );
      const { status, mayHaveReached } = await stepsOn(otherProcess).survey(ref);
      expectEqual([status, mayHaveReached], ["erased", true], "the tombstone");
      expectEqual(await storage.surveys.claimDue(claimAll), [], "surveys due");
    },
  },
  {
    id: "surveys/erase/ticket-known-without-survey",
    rule: "A ticket of which only a resolution or a leaving is known gets a tombstone as well.",
    async run({ storage }) {
      const resolved = aTicket();
      await storage.resolutions.record([aResolution({ ...resolved, actorId: "ada" })]);
      const left = aTicket();
      await storage.surveys.leave([aLeaving(left)]);
      for (const ref of [resolved, left]) {
        await storage.surveys.erase([ref]);
        expectEqual(
          await storage.surveys.arm([aNewSurvey({ ...ref, resolvedAt: minute(500) })]),
          [{ ...ref, kind: "already_surveyed" }],
          "the outcome of resolving",
        );
        expectEqual((await stepsOn(storage).survey(ref)).resolvedBy, null, "resolvedBy of the tombstone");
      }
    },
  },
  {
    id: "surveys/erase/twice",
    rule: "Erasing again changes nothing, and an empty batch is no error.",
    async run({ storage }) {
      const known = refOf(await stepsOn(storage).sendAndAnswer());
      const unknown = aTicket({ workspaceId: known.workspaceId });
      const both = inCoreOrder([known, unknown]);
      await storage.surveys.erase(both);
      const before = await Promise.all(both.map((ref) => stepsOn(storage).survey(ref)));
      await storage.surveys.erase(both);
      await storage.surveys.erase([]);
      expectEqual(
        await Promise.all(both.map((ref) => stepsOn(storage).survey(ref))),
        before,
        "the tombstones",
      );
    },
  },
  {
    id: "surveys/erase/during-a-send",
    rule: "A worker whose survey is erased begins no send and has lost its lease; the tombstone stays.",
    async run({ storage, otherProcess }) {
      const steps = stepsOn(storage);
      const survey = await steps.arm();
      const claim = await steps.claim({ survey });
      const begun = await steps.armAndBegin();
      await otherProcess.surveys.erase(inCoreOrder([survey, begun]).map(refOf));
      const tokenHash = uniqueId("token");
      const send = { tokenHash, page: aPage(), leaseForMs: longLeaseMs };
      expectEqual(await storage.surveys.beginSend(claim, send), false, "beginSend");
      expectEqual(await storage.surveys.findByToken(tokenHash), null, "the page of its token");
      expectEqual(
        [
          await storage.surveys.markSent({ ...begun.claim, sentAt: minute(61), messageId: "<a@b.example>" }),
          await storage.surveys.markSkipped({ ...begun.claim, reason: "expired" }),
          await storage.surveys.markFailed(aFailure({ claim: begun.claim, retryAt: minute(70) })),
        ],
        ["lost_lease", "lost_lease", "lost_lease"],
        "the outcomes",
      );
      await storage.surveys.release([claim, begun.claim]);
      for (const ref of [survey, begun]) {
        const { status, sentAt } = await steps.survey(ref);
        expectEqual([status, sentAt], ["erased", null], "the tombstone");
      }
    },
  },
  {
    id: "surveys/erase/event-under-way",
    rule: "An event that is being delivered while its ticket is erased is gone: settling it has lost its lease, replaying finds nothing.",
    async run({ storage }) {
      const eventId = uniqueId("event");
      const answered = await stepsOn(storage).sendAndAnswer({ eventId });
      const { workspaceId } = answered;
      const [claimed] = await storage.outbox.claimDue(claimAll);
      await storage.surveys.erase([refOf(answered)]);
      const claim = { workspaceId, id: eventId, leaseId: `${claimed?.leaseId}` };
      expectEqual(await storage.outbox.settle({ ...claim, deliveries: [] }), "lost_lease", "settle");
      expectEqual(await storage.outbox.replay(workspaceId, eventId, minute(500)), false, "replay");
      expectEqual((await storage.outbox.list(workspaceId, firstPage)).items, [], "the events");
    },
  },
  {
    id: "surveys/erase/a-thousand-at-once",
    rule: "A batch of 1,000 tickets, known and unknown, is erased whole.",
    async run({ storage }) {
      const batch = tickets(1000);
      await storage.surveys.arm(batch.filter((_, index) => index % 2 === 0).map((ref) => aNewSurvey(ref)));
      await storage.surveys.erase(batch);
      const outcomes = await storage.surveys.arm(
        batch.map((ref) => aNewSurvey({ ...ref, resolvedAt: minute(100) })),
      );
      expectEqual(
        outcomes,
        batch.map((ref) => ({ ...ref, kind: "already_surveyed" as const })),
        "the outcomes of resolving all again",
      );
    },
  },
  {
    id: "surveys/erase/races-an-answer",
    rule: "An answer and an erase at the same moment leave nothing of the answer, whichever came first.",
    async run({ storage, otherProcess }) {
      for (let round = 0; round < 20; round++) {
        const sent = await stepsOn(storage).send();
        const ref = refOf(sent);
        const answer = anAnswer({ tokenHash: sent.tokenHash, eventId: uniqueId("event") });
        const [outcome] = await Promise.all([
          storage.responses.record(answer),
          otherProcess.surveys.erase([ref]),
        ]);
        expectTrue(
          outcome.kind === "recorded" || outcome.kind === "unknown_token",
          `"${outcome.kind}" is an outcome of either order`,
        );
        expectEqual(await storage.responses.find(ref), null, "the response");
        expectEqual((await storage.outbox.list(ref.workspaceId, firstPage)).items, [], "the events");
        expectEqual(await storage.journal.list(ref), [], "the journal");
        expectEqual((await stepsOn(storage).survey(ref)).status, "erased", "the status");
      }
    },
  },
  {
    id: "surveys/erase/races-a-resolution",
    rule: "A resolution and an erase at the same moment leave a tombstone that is never due, whichever came first.",
    async run({ storage, otherProcess }) {
      for (let round = 0; round < 20; round++) {
        const ref = aTicket();
        await Promise.all([
          storage.surveys.arm([aNewSurvey(ref)]),
          otherProcess.surveys.erase([ref]),
          storage.resolutions.record([aResolution({ ...ref, actorId: "ada" })]),
        ]);
        const { status, resolvedBy } = await stepsOn(storage).survey(ref);
        expectEqual([status, resolvedBy], ["erased", null], "the tombstone");
      }
      expectEqual(await storage.surveys.claimDue(claimAll), [], "surveys due");
    },
  },
];
