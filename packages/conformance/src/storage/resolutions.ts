import { expectEqual } from "../assertions.ts";
import { aResolution, aTicket, minute, refOf, tickets, uniqueId } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import { stepsOn } from "../steps.ts";

/** Who resolved each ticket first. The storage shows it as the `resolvedBy` of the ticket's survey. */
export const resolutionsCases: readonly StorageCase[] = [
  {
    id: "resolutions/record/earliest-wins",
    rule: "A ticket belongs to the actor of its earliest resolution by event time, in whatever order the events come.",
    async run({ storage }) {
      const early = { actorId: "ada", resolvedAt: minute(1) };
      const later = { actorId: "bob", resolvedAt: minute(2) };
      const last = { actorId: "cy", resolvedAt: minute(3) };
      for (const order of [
        [early, later, last],
        [last, later, early],
        [later, early, last],
        [early, early, later],
      ]) {
        const ref = aTicket();
        for (const one of order) await storage.resolutions.record([aResolution({ ...ref, ...one })]);
        const survey = await stepsOn(storage).arm({ ...ref, resolvedAt: minute(3), dueAt: minute(63) });
        expectEqual((await stepsOn(storage).survey(survey)).resolvedBy, "ada", "resolvedBy");
      }
    },
  },
  {
    id: "resolutions/record/equal-times",
    rule: "Of two resolutions at the same time the smaller actor by code points counts, and any actor before none.",
    async run({ storage }) {
      const lines: readonly (readonly [string | null, string | null, string | null])[] = [
        ["ada", "bob", "ada"],
        ["Zoe", "ada", "Zoe"],
        ["ada", "ada2", "ada"],
        // By UTF-16 units the emoji would come first, by a dictionary the accented letter would.
        ["～", "😀", "～"],
        ["z", "é", "z"],
        ["ada", null, "ada"],
        [null, null, null],
        ["10", "9", "10"],
      ];
      for (const [one, other, first] of lines) {
        for (const actors of [
          [one, other],
          [other, one],
        ]) {
          const survey = await stepsOn(storage).arm();
          for (const actorId of actors) {
            await storage.resolutions.record([{ ...refOf(survey), actorId, resolvedAt: minute(0) }]);
          }
          expectEqual(
            (await stepsOn(storage).survey(survey)).resolvedBy,
            first,
            `resolvedBy after ${actors.join(", ")}`,
          );
        }
      }
    },
  },
  {
    id: "resolutions/record/earlier-automation",
    rule: "An earlier resolution by nobody leaves the ticket unattributed, even when a person resolved it later.",
    async run({ storage }) {
      const survey = await stepsOn(storage).arm();
      await storage.resolutions.record([
        aResolution({ ...refOf(survey), actorId: "ada", resolvedAt: minute(5) }),
      ]);
      expectEqual((await stepsOn(storage).survey(survey)).resolvedBy, "ada", "resolvedBy at first");
      await storage.resolutions.record([{ ...refOf(survey), actorId: null, resolvedAt: minute(4) }]);
      expectEqual((await stepsOn(storage).survey(survey)).resolvedBy, null, "resolvedBy at last");
    },
  },
  {
    id: "resolutions/record/late-event-moves-the-survey",
    rule: "A late event of an earlier resolution moves a survey in any status to its actor; nothing else of it changes.",
    async run({ storage, otherProcess }) {
      const steps = stepsOn(storage);
      for (const make of [
        () => steps.arm(),
        () => steps.armAndBegin(),
        () => steps.send(),
        () => steps.sendAndAnswer(),
      ]) {
        const survey = await make();
        await storage.resolutions.record([aResolution({ ...refOf(survey), actorId: "bob" })]);
        const before = await steps.survey(survey);
        expectEqual(before.resolvedBy, "bob", "resolvedBy at first");
        await otherProcess.resolutions.record([
          aResolution({ ...refOf(survey), actorId: "ada", resolvedAt: minute(-1) }),
        ]);
        expectEqual(await steps.survey(survey), { ...before, resolvedBy: "ada" }, "the survey");
      }
    },
  },
  {
    id: "resolutions/record/arms-nothing",
    rule: "A recorded resolution alone makes no survey and no journal entry.",
    async run({ storage }) {
      const ref = aTicket();
      await storage.resolutions.record([aResolution({ ...ref, actorId: "ada" })]);
      expectEqual(await storage.surveys.find(ref), null, "the survey");
      expectEqual(await storage.journal.list(ref), [], "the journal");
      await storage.resolutions.record([]);
    },
  },
  {
    id: "resolutions/record/nothing-after-erasing",
    rule: "Nothing is recorded for an erased ticket.",
    async run({ storage }) {
      const survey = await stepsOn(storage).sendAndAnswer();
      await storage.resolutions.record([aResolution({ ...refOf(survey), actorId: "ada" })]);
      await storage.surveys.erase([refOf(survey)]);
      await storage.resolutions.record([
        aResolution({ ...refOf(survey), actorId: "bob", resolvedAt: minute(-5) }),
      ]);
      expectEqual((await stepsOn(storage).survey(survey)).resolvedBy, null, "resolvedBy of the tombstone");
    },
  },
  {
    id: "resolutions/record/a-thousand-at-once",
    rule: "A batch of 1,000 is recorded whole, each ticket with its own actor.",
    async run({ storage }) {
      const batch = tickets(1000);
      await storage.surveys.arm(
        batch.map((ref) => ({ ...ref, id: uniqueId("survey"), resolvedAt: minute(0), dueAt: minute(60) })),
      );
      const record = (prefix: string, time: number) =>
        storage.resolutions.record(
          batch.map((ref) => ({ ...ref, actorId: `${prefix}-${ref.ticketId}`, resolvedAt: minute(time) })),
        );
      await record("later", 5);
      await record("first", 0);
      await record("last", 9);
      for (const ref of [batch[0], batch[499], batch[999]]) {
        if (ref === undefined) continue;
        expectEqual((await stepsOn(storage).survey(ref)).resolvedBy, `first-${ref.ticketId}`, "resolvedBy");
      }
    },
  },
  {
    id: "resolutions/record/events-at-once",
    rule: "Resolutions told at the same moment by two processes end as if told one after the other: the earliest stands.",
    async run({ storage, otherProcess }) {
      for (let round = 0; round < 10; round++) {
        const survey = await stepsOn(storage).arm();
        await Promise.all(
          [4, 2, 6, 1, 5, 3].map((time, index) =>
            (index % 2 === 0 ? storage : otherProcess).resolutions.record([
              aResolution({ ...refOf(survey), actorId: `actor-${time}`, resolvedAt: minute(time) }),
            ]),
          ),
        );
        expectEqual((await stepsOn(storage).survey(survey)).resolvedBy, "actor-1", "resolvedBy");
      }
    },
  },
];
