import type { JournalEntry } from "@csat/core";
import { expectEqual } from "../assertions.ts";
import { aTicket, inCoreOrder, minute, tickets } from "../builders.ts";
import type { StorageCase } from "../case.ts";

/** What was decided about each ticket. */
export const journalCases: readonly StorageCase[] = [
  {
    id: "journal/list/oldest-first",
    rule: "A ticket's entries are listed by their time, in whatever order they were written.",
    async run({ storage, otherProcess }) {
      const ref = aTicket();
      const entry = (time: number): JournalEntry => ({
        ...ref,
        at: minute(time),
        event: "scheduled",
        reason: `${time}`,
        actorId: null,
      });
      await storage.journal.append([entry(30), entry(10)]);
      await otherProcess.journal.append([entry(20)]);
      await storage.journal.append([entry(5), entry(40)]);
      expectEqual(
        (await storage.journal.list(ref)).map(({ reason }) => reason),
        ["5", "10", "20", "30", "40"],
        "the entries",
      );
    },
  },
  {
    id: "journal/list/equal-times",
    rule: "Entries of the same time stand in the order of their writing, within one append and across several.",
    async run({ storage }) {
      const ref = aTicket();
      const reasons = Array.from({ length: 30 }, (_, index) => `reason-${(index * 7) % 30}`);
      for (let from = 0; from < 30; from += 10) {
        await storage.journal.append(
          reasons.slice(from, from + 10).map((reason) => ({
            ...ref,
            at: minute(1),
            event: "not_scheduled" as const,
            reason,
            actorId: null,
          })),
        );
      }
      expectEqual(
        (await storage.journal.list(ref)).map(({ reason }) => reason),
        reasons,
        "the entries",
      );
    },
  },
  {
    id: "journal/append/as-written",
    rule: "Every event is kept with its exact time, reason and actor, null or not; the same entry twice is two lines.",
    async run({ storage, otherProcess }) {
      const ref = aTicket();
      const events = [
        "resolved",
        "left",
        "scheduled",
        "not_scheduled",
        "canceled",
        "too_late_to_cancel",
        "claimed",
        "skipped",
        "mail_failed",
        "sent",
        "gave_up",
        "answered",
        "erased",
      ] as const;
      const entries = events.map((event, index) => ({
        ...ref,
        at: new Date(minute(index).getTime() + index),
        event,
        reason: index % 3 === 0 ? null : `reason "${index}" 😀`,
        actorId: index % 2 === 0 ? null : `actor ‏${index}`,
      }));
      const [first] = entries;
      await storage.journal.append(entries);
      if (first !== undefined) await storage.journal.append([first]);
      await storage.journal.append([]);
      expectEqual(await otherProcess.journal.list(ref), [...entries.slice(0, 1), ...entries], "the entries");
    },
  },
  {
    id: "journal/list/own-ticket-only",
    rule: "A ticket's list holds its own entries; one that nothing was written about has none.",
    async run({ storage }) {
      const ref = aTicket();
      const neighbours = [
        { ...ref, ticketId: `${ref.ticketId}x` },
        { ...ref, workspaceId: aTicket().workspaceId },
      ];
      const entry = { at: minute(1), event: "left", reason: "reopened", actorId: null } as const;
      await storage.journal.append(inCoreOrder([ref, ...neighbours]).map((one) => ({ ...one, ...entry })));
      expectEqual(await storage.journal.list(ref), [{ ...ref, ...entry }], "the ticket's entries");
      expectEqual(await storage.journal.list(aTicket()), [], "an unknown ticket's entries");
    },
  },
  {
    id: "journal/append/a-thousand-at-once",
    rule: "A batch of 1,000 entries is written whole, and appends at the same moment lose none.",
    async run({ storage, otherProcess }) {
      const batch = tickets(500);
      const entry = { at: minute(1), event: "claimed", reason: null, actorId: null } as const;
      await storage.journal.append([...batch, ...batch].map((ref) => ({ ...ref, ...entry })));
      for (const ref of [batch[0], batch[499]]) {
        if (ref === undefined) continue;
        expectEqual((await storage.journal.list(ref)).length, 2, "entries of one ticket");
      }
      const ref = aTicket();
      await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          (index % 2 === 0 ? storage : otherProcess).journal.append([{ ...ref, ...entry }]),
        ),
      );
      expectEqual((await storage.journal.list(ref)).length, 20, "entries appended at once");
    },
  },
];
