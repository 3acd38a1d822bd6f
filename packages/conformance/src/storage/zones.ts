import type { Store } from "@csat/core";
import { expectEqual } from "../assertions.ts";
import { aChange, aHead, aKey, anAnswer, anEntry, givenUp, refOf, utc, waiting } from "../builders.ts";
import type { StorageCase, StorageFixture } from "../case.ts";
import { current, happened, miscounted, previous, rated } from "../history.ts";
import { claimedIds, claimOne, mustWrite, stored } from "../steps.ts";

/** Ahead of UTC by 13 hours in March, and behind it by 8. */
const zones = ["Pacific/Auckland", "America/Los_Angeles"];

// Half an hour before and after a midnight in UTC: in one of the zones each lies on another day.
const late = "2026-03-03T23:30:00.123Z";
const early = "2026-03-04T00:30:00.456Z";

/** The case in sessions of each zone, and read back through the handle that was opened plainly. */
function inZones(run: (zoned: Store<unknown>, plain: Store<unknown>, zone: string) => Promise<void>) {
  return async ({ storage, inZone }: StorageFixture<unknown>): Promise<void> => {
    for (const zone of zones) await run(await inZone(zone), storage, zone);
  };
}

/** Sessions of the database in time zones other than UTC. */
export const zoneCases: readonly StorageCase[] = [
  {
    id: "zones/times",
    rule: "Times of cells, due work, journal and answers are the same moments in sessions of any zone, written by one and read by another.",
    run: inZones(async (zoned, plain, zone) => {
      for (const [writer, reader] of [
        [zoned, plain],
        [plain, zoned],
        [zoned, zoned],
      ] as const)
        for (const iso of [late, early]) {
          const at = utc(iso);
          const ticket = aKey();
          const cells = { kind: "ticket", sentAt: at, resolvedBy: null } as const;
          await mustWrite(
            writer.auto,
            aChange([aHead(ticket, { cells, due: waiting(at, at) })], {
              answer: anAnswer({ respondedAt: at }),
              journal: [anEntry(ticket, { at })],
            }),
          );
          expectEqual(
            await claimedIds(reader.auto, { now: new Date(at.getTime() - 1) }),
            [],
            `a claim a millisecond before, in ${zone}`,
          );
          const { due } = await claimOne(reader.auto, { now: at });
          const [entry] = await reader.lists.journal(refOf(ticket));
          const page = { workspaceId: ticket.workspaceId, window: current, limit: 1, cursor: null };
          const [row] = (await reader.lists.answers(page)).items;
          expectEqual(
            [due.wakeAt, due.firstDueAt, entry?.at, row?.respondedAt, row?.sentAt].map((time) =>
              time?.toISOString(),
            ),
            [iso, iso, iso, iso, iso],
            `wakeAt, firstDueAt, and the times of journal, answer and send, in ${zone}`,
          );
        }
    }),
  },
  {
    // S45
    id: "zones/windows",
    rule: "A window is a span of UTC days in sessions of any zone, for answers and for counts.",
    run: inZones(async (zoned, plain, zone) => {
      const workspaceId = `window in ${zone}`;
      await happened(
        plain,
        { workspaceId, ticketId: "late", sentAt: late, answer: [1, late] },
        { workspaceId, ticketId: "early", sentAt: early, answer: [5, early] },
      );
      const [third, fourth] = ["2026-03-03", "2026-03-04"].map((day) => ({
        from: utc(`${day}T00:00:00.000Z`),
        until: new Date(utc(`${day}T00:00:00.000Z`).getTime() + 86_400_000),
      }));
      for (const [window, day, rating] of [
        [third, "2026-03-03", 1],
        [fourth, "2026-03-04", 5],
      ] as const) {
        const asked = window ?? current;
        const { items } = await zoned.lists.answers({ workspaceId, window: asked, limit: 10, cursor: null });
        expectEqual(
          items.map((row) => row.rating),
          [rating],
          `answers of ${day}, in ${zone}`,
        );
        const counts = await zoned.counts({ workspaceId, current: asked, previous });
        expectEqual(counts.sent, [{ day, count: 1 }], `sends of ${day}, in ${zone}`);
        expectEqual(counts.ratings, [{ day, rating, count: 1 }], `ratings of ${day}, in ${zone}`);
      }
    }),
  },
  {
    // S45
    id: "zones/days-of-deltas",
    rule: "Deltas written by a session of any zone stand on the day that they name, before and after housekeeping.",
    run: inZones(async (zoned, plain, zone) => {
      const workspaceId = `deltas in ${zone}`;
      await happened(zoned, { workspaceId, sentAt: late, answer: [2, early] });
      for (const store of [zoned, plain]) {
        const { sent, ratings } = await store.counts({ workspaceId, current, previous });
        expectEqual(sent, [{ day: "2026-03-03", count: 1 }], `sends in ${zone}`);
        expectEqual(ratings, [{ day: "2026-03-04", rating: 2, count: 1 }], `ratings in ${zone}`);
        await zoned.keepHouse(new Date(), new AbortController().signal);
      }
    }),
  },
  {
    id: "zones/recount",
    rule: "A recount by a session of any zone finds right what is right, and names errors by their UTC day.",
    run: inZones(async (zoned, plain, zone) => {
      const workspaceId = `recount in ${zone}`;
      await happened(
        plain,
        { workspaceId, sentAt: late, answer: [2, early] },
        { workspaceId, sentAt: early, answer: [3, late] },
      );
      expectEqual(await zoned.recount(workspaceId), [], `days that are off, in ${zone}`);
      await miscounted(plain, workspaceId, rated({ day: "2026-03-03", resolvedBy: null, rating: 1 }));
      expectEqual(
        await zoned.recount(workspaceId),
        [{ day: "2026-03-03", was: 3, is: 2 }],
        `days that were off, in ${zone}`,
      );
    }),
  },
  {
    id: "zones/lists-and-backlog",
    rule: "Cursors, `since` and the oldest due time mean the same moments in sessions of any zone.",
    run: inZones(async (zoned, plain, zone) => {
      const workspaceId = `lists in ${zone}`;
      for (const [id, iso] of [
        ["late", late],
        ["early", early],
      ] as const)
        await stored(plain.auto, aKey({ workspaceId, id }), { due: givenUp("refused", utc(iso)) });
      const asked = { workspaceId, reasons: ["refused"], limit: 1, cursor: null };
      const first = await zoned.lists.failed({ ...asked, since: utc(late) });
      const next = await plain.lists.failed({ ...asked, since: utc(late), cursor: first.nextCursor });
      const last = await zoned.lists.failed({ ...asked, since: utc(early) });
      expectEqual(
        [first, next, last].map(({ items }) => items.map(({ ticketId }) => ticketId)),
        [["late"], ["early"], ["early"]],
        `given-up tickets by page and since, in ${zone}`,
      );
      const due = await stored(zoned.auto, aKey({ workspaceId }), { due: waiting(utc(early), utc(late)) });
      const { oldestDueAt } = await zoned.backlog(utc(early));
      expectEqual(oldestDueAt?.toISOString(), late, `the oldest due time, in ${zone}`);
      expectEqual((await claimOne(plain.auto, { now: utc(early) })).head.key, due, "what is due");
    }),
  },
];
