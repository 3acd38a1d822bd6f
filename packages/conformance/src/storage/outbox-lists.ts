import { expectCsatError, expectEqual, expectTrue } from "../assertions.ts";
import { minute, uniqueId } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import {
  aDeadDelivery,
  aDelivery,
  aMadeDelivery,
  claimEvent,
  findEvent,
  raiseEvent,
  settleEvent,
} from "../events.ts";
import { malformedCursors, readAllPages } from "../paging.ts";

const firstPage = { limit: 100, cursor: null };

/** What operators see of the outbox, and how they replay. */
export const outboxListsCases: readonly StorageCase[] = [
  {
    id: "outbox/list/newest-first",
    rule: "A workspace's events are listed newest first, whatever became of them, and no other workspace's.",
    async run({ storage, otherProcess }) {
      const workspaceId = uniqueId("workspace");
      const old = await raiseEvent({ storage, workspaceId, at: minute(100) });
      const newest = await raiseEvent({ storage, workspaceId, at: minute(300) });
      const middle = await raiseEvent({ storage, workspaceId, at: minute(200) });
      await raiseEvent({ storage, at: minute(250) });
      await settleEvent({ storage, event: middle, deliveries: [] });
      const page = await otherProcess.outbox.list(workspaceId, { ...firstPage, dead: false });
      expectEqual(
        page.items.map(({ id }) => id),
        [newest.id, middle.id, old.id],
        "the events",
      );
      const none = await storage.outbox.list(uniqueId("workspace"), { ...firstPage, dead: false });
      expectEqual(none, { items: [], nextCursor: null }, "the events of an unknown workspace");
    },
  },
  {
    id: "outbox/list/pages",
    rule: "Page after page shows every event once, equal times included, also when a newer one comes in between.",
    async run({ storage }) {
      const workspaceId = uniqueId("workspace");
      const expected = new Set<string>();
      for (const at of [100, 100, 100, 100, 101, 101, 99]) {
        expected.add((await raiseEvent({ storage, workspaceId, at: minute(at) })).id);
      }
      for (const limit of [1, 2, 3, 7, 100]) {
        const all = await readAllPages({
          limit,
          read: (cursor) => storage.outbox.list(workspaceId, { limit, cursor, dead: false }),
        });
        expectEqual(all.length, 7, `events in pages of ${limit}`);
        expectEqual(new Set(all.map(({ id }) => id)), expected, `the events in pages of ${limit}`);
        const times = all.map(({ createdAt }) => createdAt.getTime());
        expectEqual(
          times,
          times.toSorted((one, other) => other - one),
          "their times",
        );
      }
      const first = await storage.outbox.list(workspaceId, { limit: 4, cursor: null, dead: false });
      await raiseEvent({ storage, workspaceId, at: minute(500) });
      const rest = await storage.outbox.list(workspaceId, {
        limit: 100,
        cursor: first.nextCursor,
        dead: false,
      });
      const seen = [...first.items, ...rest.items].map(({ id }) => id);
      expectEqual([seen.length, new Set(seen)], [7, expected], "events around one that came in between");
    },
  },
  {
    id: "outbox/list/dead-only",
    rule: "The dead list holds the events with a delivery that was given up, in pages, and no others.",
    async run({ storage }) {
      const workspaceId = uniqueId("workspace");
      const ends = [
        [aDeadDelivery()],
        [aMadeDelivery()],
        [aMadeDelivery(), aDeadDelivery()],
        [aDelivery()],
        [aDelivery(), aDeadDelivery()],
        [],
      ];
      const ids: string[] = [];
      for (const [index, deliveries] of ends.entries()) {
        const event = await raiseEvent({ storage, workspaceId, at: minute(110 - index) });
        await settleEvent({ storage, event, deliveries });
        ids.push(event.id);
      }
      await raiseEvent({ storage, workspaceId });
      const foreign = await raiseEvent({ storage });
      await settleEvent({ storage, event: foreign, deliveries: [aDeadDelivery()] });
      for (const limit of [1, 2, 100]) {
        const dead = await readAllPages({
          limit,
          read: (cursor) => storage.outbox.list(workspaceId, { limit, cursor, dead: true }),
        });
        expectEqual(
          dead.map(({ id }) => id),
          [ids[0], ids[2], ids[4]],
          `the dead events in pages of ${limit}`,
        );
      }
    },
  },
  {
    id: "outbox/list/malformed-cursor",
    rule: "A cursor that no page handed out is refused with `invalid_input`.",
    async run({ storage }) {
      const { workspaceId } = await raiseEvent({ storage });
      for (const cursor of malformedCursors) {
        await expectCsatError(
          () => storage.outbox.list(workspaceId, { limit: 10, cursor, dead: false }),
          "invalid_input",
          `the list from cursor "${cursor.slice(0, 40)}"`,
        );
      }
    },
  },
  {
    id: "outbox/replay/given-up-is-due-again",
    rule: "A replay makes every delivery that was given up pending, due now, without attempts or error; the others stay, and so does the event's id.",
    async run({ storage, otherProcess }) {
      const event = await raiseEvent({ storage });
      const before = await findEvent({ storage, event });
      const made = aMadeDelivery("made");
      const waiting = aDelivery({
        endpointId: "waiting",
        attempts: 3,
        retryAt: minute(900),
        lastError: "HTTP 500",
      });
      await settleEvent({
        storage,
        event,
        deliveries: [made, aDeadDelivery("one"), waiting, aDeadDelivery("two")],
      });
      expectTrue(
        await storage.outbox.replay(event.workspaceId, event.id, minute(500)),
        "the replay finds some",
      );
      const again = { state: "pending", attempts: 0, retryAt: minute(500), lastError: null } as const;
      const replayed = {
        ...before,
        deliveries: [made, { endpointId: "one", ...again }, waiting, { endpointId: "two", ...again }],
      };
      expectEqual(await findEvent({ storage: otherProcess, event }), replayed, "the event");
      const dead = await storage.outbox.list(event.workspaceId, { ...firstPage, dead: true });
      expectEqual(dead.items, [], "the dead events");
      await claimEvent({ storage, event, now: minute(500) });
    },
  },
  {
    id: "outbox/replay/nothing-to-replay",
    rule: "A replay is false, and changes nothing, where no delivery was given up, for unknown ids and for another workspace's event.",
    async run({ storage }) {
      const dead = await raiseEvent({ storage });
      await settleEvent({ storage, event: dead, deliveries: [aDeadDelivery()] });
      const made = await raiseEvent({ storage });
      await settleEvent({ storage, event: made, deliveries: [aMadeDelivery()] });
      const fresh = await raiseEvent({ storage });
      const kept = [dead, made, fresh];
      const before = await Promise.all(kept.map((event) => findEvent({ storage, event })));
      for (const [workspaceId, id] of [
        [made.workspaceId, made.id],
        [fresh.workspaceId, fresh.id],
        [made.workspaceId, dead.id],
        [dead.workspaceId, uniqueId("event")],
      ] as const) {
        expectEqual(await storage.outbox.replay(workspaceId, id, minute(500)), false, "the replay");
      }
      expectEqual(
        await Promise.all(kept.map((event) => findEvent({ storage, event }))),
        before,
        "the events",
      );
      await storage.outbox.replay(dead.workspaceId, dead.id, minute(500));
      expectEqual(
        await storage.outbox.replay(dead.workspaceId, dead.id, minute(501)),
        false,
        "a second replay",
      );
    },
  },
];
