import { expectEqual } from "../assertions.ts";
import { aLeaving, aNewSurvey, aResolution, minute, uniqueId } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import { findEvent } from "../events.ts";
import { current, happened, previous } from "../history.ts";
import { stepsOn } from "../steps.ts";
import { everything, nothing, traces, writeEverywhere } from "../traces.ts";

/** Tickets, actors and texts as outsiders may name them. Each id has at most 200 characters. */
const hostileIds: readonly string[] = [
  `O'Brien "the" \\ one`,
  "'; DROP TABLE surveys; --",
  "%",
  "_",
  "100%_done",
  "*",
  "$1",
  "constructor",
  "__proto__",
  "hasOwnProperty",
  "toString",
  "null",
  "undefined",
  "0",
  "-1",
  "1e3",
  "true",
  " ",
  " padded ",
  "a:b:c",
  "a/b?c=d#e",
  '["a","b"]',
  "{}",
  "Straße",
  "e\u0301",
  "\u00e9",
  "تذكرة-١",
  "👩‍👩‍👧",
  "😀".repeat(100),
  "漢".repeat(200),
  "x".repeat(200),
];

/** Ids that differ in a way a careless comparison would miss. */
const lookalikes: readonly string[] = [
  "t1",
  "T1",
  "t1 ",
  " t1",
  "t10",
  "t",
  "é",
  "e\u0301",
  "e",
  "ß",
  "ss",
  "%",
  "t_",
  "_1",
];

/** One workspace never meets another, and no id means more than itself. */
export const isolationCases: readonly StorageCase[] = [
  {
    id: "isolation/equal-ticket-ids",
    rule: "Equal ticket ids of two workspaces are two tickets in every store: what happens to one shows nothing of the other.",
    async run({ storage }) {
      const ticketId = "T-1";
      const one = { workspaceId: uniqueId("workspace"), ticketId };
      const other = { workspaceId: uniqueId("workspace"), ticketId };
      await writeEverywhere({ operations: storage, ref: one });
      expectEqual(await traces({ operations: storage, ref: other }), nothing, "the other before it happened");
      await writeEverywhere({ operations: storage, ref: other });
      await storage.surveys.erase([one]);
      expectEqual(await traces({ operations: storage, ref: other }), everything, "the other after an erase");
    },
  },
  {
    id: "isolation/events-of-equal-ticket-ids",
    rule: "Resolutions, leavings and counts of one workspace move nothing of an equal ticket id in another.",
    async run({ storage }) {
      const steps = stepsOn(storage);
      const ticketId = "T-1";
      const one = await steps.arm({ workspaceId: uniqueId("workspace"), ticketId });
      const at = "2026-03-03T08:00:00.000Z";
      const workspaceId = uniqueId("workspace");
      await happened({
        storage,
        past: { workspaceId, ticketId, sentAt: at, answer: [4, at], actorId: "ada" },
      });
      await storage.resolutions.record([aResolution({ ...one, actorId: "bob", resolvedAt: minute(-10) })]);
      await storage.surveys.leave([aLeaving({ workspaceId, ticketId, at: minute(500) })]);
      const { status, resolvedBy } = await steps.survey(one);
      expectEqual([status, resolvedBy], ["scheduled", "bob"], "the survey of the one");
      expectEqual(
        await storage.metrics.read({ workspaceId, current, previous }),
        {
          sent: [{ day: "2026-03-03", count: 1 }],
          ratings: [{ day: "2026-03-03", rating: 4, count: 1 }],
          resolvers: [{ actorId: "ada", rating: 4, count: 1 }],
          cohortAnswered: 1,
        },
        "the counts of the other",
      );
    },
  },
  {
    id: "isolation/hostile-ids",
    rule: "Workspaces, tickets and actors of any name, up to 200 characters, live a whole life and come back letter by letter.",
    async run({ storage, otherProcess }) {
      for (const [index, id] of hostileIds.entries()) {
        const workspaceId = id;
        const ticketId = hostileIds[(index + 7) % hostileIds.length] ?? id;
        const ref = { workspaceId, ticketId };
        await storage.settings.patch(workspaceId, { enabled: true });
        await storage.resolutions.record([aResolution({ ...ref, actorId: id })]);
        const eventId = uniqueId("event");
        const answered = await stepsOn(storage).sendAndAnswer({ ...ref, eventId, comment: id, rating: 3 });
        const entry = { ...ref, at: minute(0), event: "resolved", reason: id, actorId: id } as const;
        await storage.journal.append([entry]);
        const { id: surveyId, ...survey } = await stepsOn(otherProcess).survey(ref);
        expectEqual(
          [survey.workspaceId, survey.ticketId, survey.resolvedBy, surveyId],
          [workspaceId, ticketId, id, answered.surveyId],
          "the survey",
        );
        expectEqual((await otherProcess.journal.list(ref))[0], entry, "the journal entry");
        expectEqual((await otherProcess.settings.get(workspaceId))?.enabled, true, "the settings");
        const event = await findEvent({ storage: otherProcess, event: { workspaceId, id: eventId } });
        expectEqual([event.data.ticketId, event.data.comment], [ticketId, id], "the event");
        const counts = await storage.metrics.read({ workspaceId, current, previous, resolvedBy: id });
        expectEqual(counts.resolvers, [{ actorId: id, rating: 3, count: 1 }], "the counts");
      }
      for (const [index, workspaceId] of hostileIds.entries()) {
        const ticketId = hostileIds[(index + 7) % hostileIds.length] ?? workspaceId;
        await storage.surveys.erase([{ workspaceId, ticketId }]);
        expectEqual(await storage.responses.find({ workspaceId, ticketId }), null, "the erased response");
      }
    },
  },
  {
    id: "isolation/lookalike-ids",
    rule: "Ids that differ in case, accents, spaces, length or by a wildcard are different tickets.",
    async run({ storage }) {
      const workspaceId = uniqueId("workspace");
      const batch = lookalikes.map((ticketId) => aNewSurvey({ workspaceId, ticketId }));
      const [first] = batch;
      for (const survey of batch) await storage.surveys.arm([survey]);
      if (first !== undefined) await storage.surveys.erase([{ workspaceId, ticketId: first.ticketId }]);
      for (const { ticketId, id } of batch) {
        const survey = await stepsOn(storage).survey({ workspaceId, ticketId });
        expectEqual(
          [survey.ticketId, survey.id, survey.status],
          [ticketId, id, ticketId === first?.ticketId ? "erased" : "scheduled"],
          "the survey",
        );
      }
    },
  },
  {
    id: "isolation/ids-never-run-together",
    rule: "A workspace and a ticket never read as another pair, whatever separates them.",
    async run({ storage }) {
      for (const separator of [":", "/", "|", ",", ".", "-", "_", " ", "#", "\\", '","', "::"]) {
        const one = { workspaceId: `a${separator}b`, ticketId: "c" };
        const other = { workspaceId: "a", ticketId: `b${separator}c` };
        await stepsOn(storage).sendAndAnswer({ ...one, comment: separator });
        expectEqual(await storage.surveys.find(other), null, "the survey of the other pair");
        expectEqual(await storage.responses.find(other), null, "the response of the other pair");
        expectEqual(await storage.journal.list(other), [], "the journal of the other pair");
        await stepsOn(storage).arm(other);
      }
    },
  },
];
