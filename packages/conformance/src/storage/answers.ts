import { expectEqual } from "../assertions.ts";
import { aChange, aHead, aKey, anAnswer, minute, refOf, utc } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import { mustWrite, stored } from "../steps.ts";

const sent = (resolvedBy: string | null = null) =>
  ({ kind: "ticket", sentAt: minute(61), resolvedBy }) as const;

const week = { from: utc("2026-03-02T00:00:00.000Z"), until: utc("2026-03-09T00:00:00.000Z") };

/** A ticket's one answer. */
export const answerCases: readonly StorageCase[] = [
  {
    id: "answers/as-it-came",
    rule: "An answer comes back field by field, its time to the millisecond, with and without a comment.",
    async run({ storage, otherProcess }) {
      for (const comment of [null, "", "Thank you"]) {
        const ticket = aKey();
        const respondedAt = utc("2026-03-02T23:59:59.999Z");
        const answer = anAnswer({ rating: 3, comment, respondedAt });
        await mustWrite(storage.auto, aChange([aHead(ticket)], { answer }));
        expectEqual(
          await otherProcess.lists.answer(refOf(ticket)),
          { ...refOf(ticket), surveyId: answer.surveyId, rating: 3, comment, respondedAt },
          "the answer",
        );
      }
    },
  },
  {
    id: "answers/none",
    rule: "A ticket without an answer has none, be it stored or not.",
    async run({ storage }) {
      expectEqual(await storage.lists.answer(refOf(aKey())), null, "of a ticket that is not stored");
      expectEqual(
        await storage.lists.answer(refOf(await stored(storage.auto, aKey()))),
        null,
        "of one that is",
      );
    },
  },
  {
    // S25
    id: "answers/put-once",
    rule: "An answer that stands is not replaced by another one.",
    async run({ storage }) {
      const ticket = aKey();
      const first = anAnswer({ rating: 1, comment: "first" });
      await mustWrite(storage.auto, aChange([aHead(ticket)], { answer: first }));
      const second = anAnswer({ rating: 5, comment: "second" });
      await mustWrite(storage.auto, aChange([aHead(ticket, { expected: 1 })], { answer: second }));
      const answer = await storage.lists.answer(refOf(ticket));
      expectEqual([answer?.rating, answer?.comment], [1, "first"], "the answer that stands");
    },
  },
  {
    // S46
    id: "answers/moved",
    rule: "Moving an answer credits another resolver, or nobody, and changes nothing else of it; without an answer it does nothing.",
    async run({ storage }) {
      const ticket = aKey();
      const { workspaceId } = ticket;
      const answer = anAnswer({ comment: "Fine", resolvedBy: "ada" });
      await mustWrite(storage.auto, aChange([aHead(ticket, { cells: sent("ada") })], { answer }));
      const before = await storage.lists.answer(refOf(ticket));
      for (const [place, resolvedBy] of ["bob", null, "ada"].entries()) {
        await mustWrite(
          storage.auto,
          aChange([aHead(ticket, { expected: place + 1, cells: sent(resolvedBy) })], {
            answer: { kind: "move", resolvedBy },
          }),
        );
        const page = { workspaceId, window: week, limit: 10, cursor: null };
        const { items } = await storage.lists.answers(page);
        expectEqual(
          items.map((row) => row.resolvedBy),
          [resolvedBy],
          "who is credited",
        );
        expectEqual(await storage.lists.answer(refOf(ticket)), before, "the answer");
        expectEqual(
          (await storage.lists.answers({ ...page, resolvedBy })).items.length,
          1,
          "listed under the new one",
        );
        const others = ["ada", "bob", null].filter((other) => other !== resolvedBy);
        for (const other of others)
          expectEqual(
            (await storage.lists.answers({ ...page, resolvedBy: other })).items,
            [],
            "listed under others",
          );
      }
      const unanswered = aKey({ workspaceId });
      await mustWrite(
        storage.auto,
        aChange([aHead(unanswered)], { answer: { kind: "move", resolvedBy: "bob" } }),
      );
      expectEqual(await storage.lists.answer(refOf(unanswered)), null, "an answer that never came");
    },
  },
];
