import { ratings } from "@csat/core";
import { expectEqual } from "../assertions.ts";
import { aLeaving, aNewSurvey, anAnswer, aTicket, minute, refOf, uniqueId } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import { longLeaseMs, stepsOn } from "../steps.ts";

/** The customers' answers, one after another. */
export const responsesCases: readonly StorageCase[] = [
  {
    id: "responses/record/stored-whole",
    rule: "A first answer is stored and returned as given, and makes the survey answered.",
    async run({ storage, otherProcess }) {
      const sent = await stepsOn(storage).send({ sentAt: minute(61) });
      const before = await stepsOn(storage).survey(sent);
      const respondedAt = new Date(minute(90).getTime() + 123);
      const response = {
        ...refOf(sent),
        surveyId: sent.surveyId,
        rating: 2,
        comment: "It took too long.",
        respondedAt,
      } as const;
      const { tokenHash } = sent;
      expectEqual(
        await storage.responses.record(
          anAnswer({ tokenHash, rating: 2, comment: "It took too long.", respondedAt }),
        ),
        { kind: "recorded", response },
        "the outcome",
      );
      expectEqual(await otherProcess.responses.find(refOf(sent)), response, "the response");
      expectEqual(
        await stepsOn(otherProcess).survey(sent),
        { ...before, status: "answered", sentAt: minute(61) },
        "the survey",
      );
    },
  },
  {
    id: "responses/find/none-yet",
    rule: "A ticket without an answer, or without a survey, has null for its response.",
    async run({ storage }) {
      const sent = await stepsOn(storage).send();
      expectEqual(await storage.responses.find(refOf(sent)), null, "the response of a sent survey");
      expectEqual(await storage.responses.find(aTicket()), null, "the response of an unknown ticket");
    },
  },
  {
    id: "responses/record/values-as-written",
    rule: "Every rating, and comments of any characters and length, come back as they were written; none is null.",
    async run({ storage, otherProcess }) {
      const comments = [
        null,
        " leading and trailing ",
        "line\nbreak\r\n\ttab",
        `'"; DROP TABLE responses; -- \\ %_ $1 ${"$"}{x}`,
        "😀👩‍👩‍👧 ‏شكرا جزيلا ‎ <script>alert(1)</script> =1+1",
        "漢".repeat(2000),
      ];
      for (const [index, comment] of comments.entries()) {
        const sent = await stepsOn(storage).send();
        const rating = ratings[index % 5] ?? 1;
        await stepsOn(storage).answer({ tokenHash: sent.tokenHash, rating, comment });
        const response = await otherProcess.responses.find(refOf(sent));
        expectEqual([response?.rating, response?.comment], [rating, comment], "the response");
      }
    },
  },
  {
    id: "responses/record/duplicates-change-nothing",
    rule: "A second answer, the same or another, by any link of the survey, is a duplicate and changes nothing at all.",
    async run({ storage, otherProcess }) {
      const steps = stepsOn(storage);
      const begun = await steps.armAndBegin();
      await steps.fail({ claim: begun.claim, refused: false, retryAt: minute(61) });
      const claim = await steps.claim({ survey: begun, now: minute(61) });
      const second = await steps.begin({ claim });
      await storage.surveys.markSent({ ...claim, sentAt: minute(62), messageId: null });
      const answer = anAnswer({
        tokenHash: begun.tokenHash,
        rating: 4,
        comment: "Fine",
        eventId: uniqueId("event"),
      });
      await storage.responses.record(answer);
      const all = async () => [
        await storage.responses.find(refOf(begun)),
        await steps.survey(begun),
        await storage.journal.list(refOf(begun)),
        await storage.outbox.list(begun.workspaceId, { limit: 10, cursor: null, dead: false }),
        await storage.surveys.findByToken(second),
      ];
      const before = await all();
      for (const again of [
        answer,
        { ...answer, tokenHash: second },
        {
          ...answer,
          rating: ratings[0] ?? 1,
          comment: null,
          respondedAt: minute(999),
          eventId: uniqueId("event"),
        },
      ]) {
        expectEqual(await otherProcess.responses.record(again), { kind: "duplicate" }, "the outcome");
      }
      expectEqual(await all(), before, "response, survey, journal, events and page");
    },
  },
  {
    id: "responses/record/unknown-token",
    rule: "A token that was never given stores nothing and raises nothing.",
    async run({ storage }) {
      const sent = await stepsOn(storage).send();
      const eventId = uniqueId("event");
      for (const tokenHash of [uniqueId("token"), "", sent.surveyId, sent.tokenHash.toUpperCase()]) {
        expectEqual(
          await storage.responses.record(anAnswer({ tokenHash, eventId })),
          { kind: "unknown_token" },
          "the outcome",
        );
      }
      const events = await storage.outbox.list(sent.workspaceId, { limit: 10, cursor: null, dead: false });
      expectEqual(events.items, [], "the events");
      expectEqual((await stepsOn(storage).survey(sent)).status, "sent", "the survey's status");
    },
  },
  {
    id: "responses/record/from-any-status",
    rule: "An answer by a mailed link is taken in every status but erased; it ends pending work, and the survey counts as sent when its send began.",
    async run({ storage }) {
      const steps = stepsOn(storage);
      for (const way of ["scheduled", "sending", "canceled", "skipped", "failed"] as const) {
        const begun = await steps.armAndBegin({ begunAt: minute(60.5) });
        if (way === "failed") await steps.fail({ claim: begun.claim, refused: false });
        if (way === "scheduled" || way === "canceled" || way === "skipped") {
          await steps.fail({ claim: begun.claim, refused: false, retryAt: minute(65) });
        }
        if (way === "canceled") await steps.cancel({ ...refOf(begun), at: minute(62) });
        if (way === "skipped") {
          await steps.skip({ claim: await steps.claim({ survey: begun, now: minute(65) }) });
        }
        expectEqual((await steps.survey(begun)).status, way, "the status before");
        await steps.answer({ tokenHash: begun.tokenHash });
        const { status, reason, sentAt, generation } = await steps.survey(begun);
        expectEqual(
          { status, reason, sentAt, generation },
          { status: "answered", reason: null, sentAt: minute(60.5), generation: 1 },
          `the survey that was ${way}`,
        );
      }
      const claim = { now: minute(1_000_000), leaseForMs: longLeaseMs, limit: 10 };
      expectEqual(await storage.surveys.claimDue(claim), [], "surveys due");
    },
  },
  {
    id: "responses/record/send-begins-with-its-claim",
    rule: "Without a time of its own a send begins at the `now` of its claim; a claim that began no send does not count.",
    async run({ storage }) {
      const steps = stepsOn(storage);
      const survey = await steps.arm();
      const claim = await steps.claim({ survey, now: minute(63) });
      const tokenHash = await steps.begin({ claim });
      await steps.fail({ claim, refused: false, retryAt: minute(70) });
      await steps.claim({ survey, now: minute(71) });
      await steps.answer({ tokenHash, respondedAt: minute(80) });
      expectEqual((await steps.survey(survey)).sentAt, minute(63), "sentAt");
    },
  },
  {
    id: "responses/record/nothing-comes-after",
    rule: "An answered survey stays so: leaving is too late, resolving again is surveyed already, remembered resolutions are gone.",
    async run({ storage }) {
      const steps = stepsOn(storage);
      const begun = await steps.armAndBegin();
      await storage.surveys.arm([
        aNewSurvey({ ...refOf(begun), resolvedAt: minute(62), dueAt: minute(122) }),
      ]);
      await steps.answer({ tokenHash: begun.tokenHash });
      const answered = await steps.survey(begun);
      expectEqual(
        await storage.surveys.leave([aLeaving({ ...refOf(begun), at: minute(61) })]),
        [{ ...refOf(begun), kind: "too_late" }],
        "the result of leaving",
      );
      expectEqual(
        await storage.surveys.arm([aNewSurvey({ ...refOf(begun), resolvedAt: minute(500) })]),
        [{ ...refOf(begun), kind: "already_surveyed" }],
        "the outcome of resolving",
      );
      await storage.surveys.release([begun.claim]);
      expectEqual(await steps.survey(begun), answered, "the survey");
    },
  },
  {
    id: "responses/record/journal-entry",
    rule: "An answer leaves one journal entry `answered`, at its own time, by nobody and without a reason.",
    async run({ storage }) {
      const sent = await stepsOn(storage).send();
      await stepsOn(storage).answer({ tokenHash: sent.tokenHash, respondedAt: minute(90) });
      expectEqual(
        await storage.journal.list(refOf(sent)),
        [{ ...refOf(sent), at: minute(90), event: "answered", reason: null, actorId: null }],
        "the journal",
      );
    },
  },
  {
    id: "responses/record/event",
    rule: "An answer with an event id raises that event, whose data are exactly the answer's four values; one without raises none.",
    async run({ storage, otherProcess }) {
      const workspaceId = uniqueId("workspace");
      const steps = stepsOn(storage);
      const silent = await steps.send({ workspaceId });
      await steps.answer({ tokenHash: silent.tokenHash, eventId: null });
      const sent = await steps.send({ workspaceId });
      const eventId = uniqueId("event");
      const respondedAt = new Date("2026-03-02T10:30:00.050Z");
      await steps.answer({ tokenHash: sent.tokenHash, rating: 1, comment: null, respondedAt, eventId });
      const { items } = await otherProcess.outbox.list(workspaceId, { limit: 10, cursor: null, dead: false });
      expectEqual(
        items,
        [
          {
            id: eventId,
            workspaceId,
            type: "ticket.csat_received",
            createdAt: respondedAt,
            data: {
              ticketId: sent.ticketId,
              rating: 1,
              comment: null,
              respondedAt: "2026-03-02T10:30:00.050Z",
            },
            deliveries: [],
          },
        ],
        "the events",
      );
    },
  },
  {
    id: "responses/record/erased-survey",
    rule: "A link of an erased survey is an unknown token.",
    async run({ storage }) {
      const steps = stepsOn(storage);
      const begun = await steps.send();
      await storage.surveys.erase([refOf(begun)]);
      expectEqual(
        await storage.responses.record(anAnswer({ tokenHash: begun.tokenHash })),
        { kind: "unknown_token" },
        "the outcome",
      );
      expectEqual(await storage.responses.find(refOf(begun)), null, "the response");
    },
  },
];
