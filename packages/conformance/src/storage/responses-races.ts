import { expectEqual, expectTrue } from "../assertions.ts";
import { aLeaving, aNewSurvey, anAnswer, aResolution, minute, refOf, uniqueId } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import { type Begun, stepsOn } from "../steps.ts";

const day = { from: new Date("2026-03-02T00:00:00.000Z"), until: new Date("2026-03-03T00:00:00.000Z") };
const dayBefore = { from: new Date("2026-03-01T00:00:00.000Z"), until: day.from };

/** Answers that meet each other, or something else, at the same moment. */
export const responsesRacesCases: readonly StorageCase[] = [
  {
    id: "responses/race/one-answer-wins",
    rule: "Of 50 answers at once on one link exactly one is recorded and 49 are duplicates; stored are the winner's values, one journal entry and its one event.",
    async run({ storage, otherProcess }) {
      const sent = await stepsOn(storage).send();
      const answers = Array.from({ length: 50 }, (_, index) =>
        anAnswer({
          tokenHash: sent.tokenHash,
          rating: index % 2 === 0 ? 1 : 5,
          comment: `comment ${index}`,
          eventId: uniqueId("event"),
        }),
      );
      const outcomes = await Promise.all(
        answers.map((answer, index) => (index % 2 === 0 ? storage : otherProcess).responses.record(answer)),
      );
      const recorded = outcomes.flatMap((outcome) => (outcome.kind === "recorded" ? [outcome.response] : []));
      const duplicates = outcomes.filter(({ kind }) => kind === "duplicate");
      expectEqual([recorded.length, duplicates.length], [1, 49], "recorded and duplicate");
      const winner = answers[outcomes.findIndex(({ kind }) => kind === "recorded")];
      const stored = await storage.responses.find(refOf(sent));
      expectEqual(stored, recorded[0] ?? null, "the stored response");
      expectEqual(
        [stored?.rating, stored?.comment],
        [winner?.rating, winner?.comment],
        "the winner's values",
      );
      const events = await storage.outbox.list(sent.workspaceId, { limit: 100, cursor: null, dead: false });
      expectEqual(
        events.items.map(({ id, data }) => [id, data.rating, data.comment]),
        [[winner?.eventId, winner?.rating, winner?.comment]],
        "the events",
      );
      expectEqual((await storage.journal.list(refOf(sent))).length, 1, "journal entries");
    },
  },
  {
    id: "responses/race/many-links-at-once",
    rule: "Ten surveys with ten answers each, all at once, end with ten responses and ninety duplicates.",
    async run({ storage, otherProcess }) {
      const workspaceId = uniqueId("workspace");
      const sent: Begun[] = [];
      for (let index = 0; index < 10; index++) sent.push(await stepsOn(storage).send({ workspaceId }));
      const outcomes = await Promise.all(
        Array.from({ length: 100 }, (_, index) =>
          (index % 3 === 0 ? storage : otherProcess).responses.record(
            anAnswer({ tokenHash: `${sent[index % 10]?.tokenHash}`, eventId: uniqueId("event") }),
          ),
        ),
      );
      expectEqual(outcomes.filter(({ kind }) => kind === "recorded").length, 10, "recorded");
      expectEqual(outcomes.filter(({ kind }) => kind === "duplicate").length, 90, "duplicates");
      const events = await storage.outbox.list(workspaceId, { limit: 200, cursor: null, dead: false });
      expectEqual(events.items.length, 10, "events");
    },
  },
  {
    id: "responses/race/answer-meets-mark-sent",
    rule: "An answer and the acceptance of its mail at the same moment end as answered, with one of the two times as `sentAt`.",
    async run({ storage, otherProcess }) {
      for (let round = 0; round < 20; round++) {
        const begun = await stepsOn(storage).armAndBegin({ begunAt: minute(60) });
        const [marked, answered] = await Promise.all([
          storage.surveys.markSent({ ...begun.claim, sentAt: minute(61), messageId: null }),
          otherProcess.responses.record(anAnswer({ tokenHash: begun.tokenHash })),
        ]);
        expectEqual([marked, answered.kind], ["done", "recorded"], "the outcomes");
        const { status, sentAt } = await stepsOn(storage).survey(begun);
        expectEqual(status, "answered", "the status");
        expectTrue(
          [minute(60), minute(61)].some((time) => time.getTime() === sentAt?.getTime()),
          "sentAt is the begin or the acceptance of the send",
        );
      }
    },
  },
  {
    id: "responses/race/answer-meets-late-resolution",
    rule: "An answer and the late event of an earlier resolution at the same moment end attributed to the earlier actor, in the survey and in the counts.",
    async run({ storage, otherProcess }) {
      const workspaceId = uniqueId("workspace");
      for (let round = 0; round < 10; round++) {
        const sent = await stepsOn(storage).send({ workspaceId });
        const { ticketId } = sent;
        await storage.resolutions.record([aResolution({ workspaceId, ticketId, actorId: "bob" })]);
        await Promise.all([
          storage.responses.record(anAnswer({ tokenHash: sent.tokenHash, rating: 3 })),
          otherProcess.resolutions.record([
            aResolution({ workspaceId, ticketId, actorId: "ada", resolvedAt: minute(-1) }),
          ]),
        ]);
        expectEqual((await stepsOn(storage).survey(sent)).resolvedBy, "ada", "resolvedBy");
      }
      const { resolvers } = await storage.metrics.read({ workspaceId, current: day, previous: dayBefore });
      expectEqual(resolvers, [{ actorId: "ada", rating: 3, count: 10 }], "the counts by resolver");
    },
  },
  {
    id: "responses/race/answer-meets-leaving-and-resolution",
    rule: "An answer at the same moment as a leaving and a new resolution always ends as answered, with no other mail to come.",
    async run({ storage, otherProcess }) {
      for (let round = 0; round < 20; round++) {
        const begun = await stepsOn(storage).armAndBegin();
        await stepsOn(storage).fail({ claim: begun.claim, refused: false, retryAt: minute(65) });
        await Promise.all([
          storage.responses.record(anAnswer({ tokenHash: begun.tokenHash })),
          otherProcess.surveys.leave([aLeaving({ ...refOf(begun), at: minute(62) })]),
          otherProcess.surveys.arm([
            aNewSurvey({ ...refOf(begun), resolvedAt: minute(63), dueAt: minute(123) }),
          ]),
        ]);
        const { status, generation, reason } = await stepsOn(storage).survey(begun);
        expectEqual([status, generation, reason], ["answered", 1, null], "the survey");
      }
      const claim = { now: minute(1_000_000), leaseForMs: 60_000, limit: 10 };
      expectEqual(await storage.surveys.claimDue(claim), [], "surveys due");
    },
  },
];
