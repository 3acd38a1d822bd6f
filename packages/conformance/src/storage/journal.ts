import type { JournalEntry } from "@csat/core";
import { expectEqual } from "../assertions.ts";
import { aChange, aHead, aKey, anEntry, minute, refOf, utc } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import { mustWrite } from "../steps.ts";

/** The story of a ticket. */
export const journalCases: readonly StorageCase[] = [
  {
    id: "journal/as-it-was-told",
    rule: "Entries come back field by field, with times to the millisecond.",
    async run({ storage, otherProcess }) {
      const ticket = aKey();
      const journal: readonly JournalEntry[] = [
        anEntry(ticket, { at: utc("2026-03-02T09:00:00.001Z"), event: "resolved", actorId: "ada" }),
        anEntry(ticket, {
          at: utc("2026-03-02T09:00:00.002Z"),
          event: "not_scheduled",
          reason: "csat_disabled",
        }),
        anEntry(ticket, { at: utc("2026-03-02T23:59:59.999Z"), event: "left", reason: "", actorId: "" }),
        anEntry(ticket, {
          at: utc("2026-03-03T00:00:00.000Z"),
          event: "skipped",
          eligibleAt: utc("2026-04-02T09:00:00.123Z"),
        }),
      ];
      await mustWrite(storage.auto, aChange([aHead(ticket)], { journal }));
      expectEqual(await otherProcess.lists.journal(refOf(ticket)), journal, "the journal");
    },
  },
  {
    id: "journal/oldest-first",
    rule: "Entries are listed oldest first by their time, in whatever order they were written.",
    async run({ storage }) {
      const ticket = aKey();
      for (const [expected, at] of [5, -3, 90, 0, 5].entries()) {
        const journal = [anEntry(ticket, { at: minute(at), reason: `${expected}` })];
        await mustWrite(storage.auto, aChange([aHead(ticket, { expected })], { journal }));
      }
      const entries = await storage.lists.journal(refOf(ticket));
      expectEqual(
        entries.map(({ reason }) => reason),
        ["1", "3", "0", "4", "2"],
        "entries by when they were written",
      );
    },
  },
  {
    // S19
    id: "journal/equal-times",
    rule: "Entries of one time stay in the order of their writing, within a change and from one to the next.",
    async run({ storage }) {
      const ticket = aKey();
      const wanted: string[] = [];
      for (let expected = 0; expected < 5; expected++) {
        const reasons = Array.from({ length: 4 }, (_, place) => `${expected}.${place}`);
        wanted.push(...reasons);
        const journal = reasons.map((reason) => anEntry(ticket, { reason }));
        await mustWrite(storage.auto, aChange([aHead(ticket, { expected })], { journal }));
      }
      const entries = await storage.lists.journal(refOf(ticket));
      expectEqual(
        entries.map(({ reason }) => reason),
        wanted,
        "the reasons",
      );
    },
  },
  {
    id: "journal/many-tickets-in-one-write",
    rule: "Entries of one write go to the ticket of their change, each in its order.",
    async run({ storage }) {
      const keys = ["a", "b", "c"].map((id) => aKey({ workspaceId: "acme", id }));
      await mustWrite(
        storage.auto,
        ...keys.map((key) => {
          const journal = [1, 2, 3].map((place) => anEntry(key, { reason: `${key.id}${place}` }));
          return aChange([aHead(key)], { journal });
        }),
      );
      for (const key of keys) {
        const entries = await storage.lists.journal(refOf(key));
        expectEqual(
          entries.map(({ reason }) => reason),
          [1, 2, 3].map((place) => `${key.id}${place}`),
          "the reasons",
        );
      }
      expectEqual(
        await storage.lists.journal(refOf(aKey())),
        [],
        "the journal of a ticket that is not stored",
      );
    },
  },
];
