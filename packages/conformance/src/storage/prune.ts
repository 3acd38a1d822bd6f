import type { PruneRequest, Store } from "@csat/core";
import { expectEqual, expectTrue } from "../assertions.ts";
import {
  aChange,
  aHead,
  aKey,
  anAnswer,
  anEntry,
  givenUp,
  minute,
  refOf,
  someKeys,
  uniqueId,
  waiting,
} from "../builders.ts";
import type { StorageCase } from "../case.ts";
import { current } from "../history.ts";
import { claimOne, headOf, mustWrite, stored } from "../steps.ts";
import { aWhole, everything, everywhere, traces } from "../traces.ts";

/** Before anything was written. */
export const past = new Date(0);

const future = new Date("2100-01-01T00:00:00.000Z");

/** Prunes what is named, once, 1,000 rows of each kind unless told otherwise. */
export function pruned(storage: Store<unknown>, ask: Partial<PruneRequest>) {
  return storage.prune({ comments: null, journal: null, events: null, tokens: null, limit: 1_000, ...ask });
}

/** Prunes what is named until nothing is left, and answers in how many calls. */
export async function prunedAll(storage: Store<unknown>, ask: Partial<PruneRequest>): Promise<number> {
  for (let calls = 1; calls < 100; calls++) {
    const { isMoreLeft } = await pruned(storage, ask);
    if (!isMoreLeft) return calls;
  }
  return Number.POSITIVE_INFINITY;
}

/** Cells of a ticket whose survey was sent. */
export const sent = { kind: "ticket", sentAt: minute(61), resolvedBy: null } as const;

/** A ticket with a comment and a line of its journal of that minute, whose actor is named after it. */
export async function ticketOf(storage: Store<unknown>, at: number, workspaceId = uniqueId("workspace")) {
  const ticket = aKey({ workspaceId });
  await mustWrite(
    storage.auto,
    aChange([aHead(ticket, { cells: sent })], {
      answer: anAnswer({ comment: `at ${at}`, respondedAt: minute(at), slices: ["team=a"] }),
      journal: [anEntry(ticket, { at: minute(at), actorId: `at ${at}` })],
    }),
  );
  return ticket;
}

/** Cells of an event of that minute. */
export const eventCells = (at: number) =>
  ({ kind: "event", createdAt: minute(at), ticketId: "ticket", dead: false }) as const;

/** What retention takes away, and what it leaves. */
export const pruneCases: readonly StorageCase[] = [
  {
    // S78
    id: "prune/comments",
    rule: "Comments of answers before the moment go, in every workspace; one at the moment stays, and the answers stay as they are.",
    async run({ storage, otherProcess }) {
      const tickets = [
        await ticketOf(storage, 119),
        await ticketOf(storage, 120),
        await ticketOf(storage, 90),
      ];
      const rows = async () => {
        const pages = tickets.map(({ workspaceId }) =>
          otherProcess.lists.answers({ workspaceId, window: current, limit: 10, cursor: null }),
        );
        return (await Promise.all(pages)).flatMap(({ items }) => items);
      };
      const before = await rows();
      expectEqual(await pruned(storage, { comments: minute(120) }), { isMoreLeft: false }, "the outcome");
      expectEqual(
        await rows(),
        before.map((row, place) => (place === 1 ? row : { ...row, comment: null })),
        "the answers",
      );
      const answers = await Promise.all(tickets.map((ticket) => storage.lists.answer(refOf(ticket))));
      expectEqual(
        answers.map((answer) => answer?.comment),
        [null, "at 120", null],
        "their comments one by one",
      );
    },
  },
  {
    id: "prune/journal",
    rule: "Lines of the journal before the moment go, in every workspace; those at the moment and later stay in their order, in both lists.",
    async run({ storage }) {
      const wholes = [aWhole(), aWhole()];
      for (const { ticket } of wholes) {
        const journal = [100, 121, 99, 120, 119, 120].map((at, place) =>
          anEntry(ticket, { at: minute(at), actorId: `${at} ${place}`, facts: { place } }),
        );
        await mustWrite(storage.auto, aChange([aHead(ticket)], { journal }));
      }
      await pruned(storage, { journal: minute(120) });
      for (const { ticket } of wholes) {
        const kept = ["120 3", "120 5", "121 1"];
        const journal = await storage.lists.journal(refOf(ticket));
        expectEqual(
          journal.map(({ actorId }) => actorId),
          kept,
          "the ticket's journal",
        );
        const { workspaceId } = ticket;
        const window = current;
        const { items } = await storage.lists.history({ workspaceId, window, limit: 10, cursor: null });
        expectEqual(
          items.map(({ actorId }) => actorId),
          kept,
          "the workspace's history",
        );
        const entry = anEntry(ticket, { at: minute(120), actorId: "later" });
        await mustWrite(storage.auto, aChange([aHead(ticket, { expected: 1 })], { journal: [entry] }));
        const after = (await storage.lists.journal(refOf(ticket))).map(({ actorId }) => actorId);
        expectEqual(after, ["120 3", "120 5", "later", "121 1"], "the journal, once more was written");
      }
    },
  },
  {
    id: "prune/events",
    rule: "Events before the moment go once nothing of them waits: those that were settled or given up. What waits or is leased stays.",
    async run({ storage }) {
      const { workspaceId } = aKey();
      const keyOf = (id: string) => aKey({ kind: "event", workspaceId, id });
      await stored(storage.auto, keyOf("leased"), { cells: eventCells(100), due: waiting() });
      const { leaseId } = await claimOne(storage.auto, { kind: "event" });
      const dues = { waits: waiting(minute(500)), failed: givenUp(), settled: null, never: undefined };
      for (const [id, due] of Object.entries(dues)) {
        await stored(storage.auto, keyOf(id), { cells: eventCells(119), due });
        await stored(storage.auto, keyOf(`young ${id}`), { cells: eventCells(120), due });
      }
      expectEqual((await storage.backlog(minute(0))).deadEvents, 2, "events given up, before");
      await pruned(storage, { events: minute(120) });
      const { items } = await storage.lists.events(workspaceId, { limit: 20, cursor: null, dead: false });
      expectEqual(
        items.map(({ key }) => key.id),
        ["young waits", "young settled", "young never", "young failed", "waits", "leased"],
        "events that are left",
      );
      expectEqual((await storage.backlog(minute(0))).deadEvents, 1, "events given up, after");
      const lease = { id: leaseId, extendMs: null };
      const settled = aHead(keyOf("leased"), { expected: 1, cells: eventCells(100), due: null, lease });
      await mustWrite(storage.auto, aChange([settled]));
      await pruned(storage, { events: minute(120) });
      expectEqual(
        (await headOf(storage.auto, keyOf("leased"))).version,
        0,
        "the leased one, once it is settled",
      );
      expectEqual(
        (await claimOne(storage.auto, { kind: "event", now: minute(600), limit: 1 })).head.key.workspaceId,
        workspaceId,
        "what waits still",
      );
    },
  },
  {
    // S70
    id: "prune/tokens",
    rule: "Links of tickets go by when they were written; those of customers stay, whatever their age.",
    async run({ storage }) {
      const { ticket, customer } = aWhole();
      const [one, two, own] = [uniqueId("hash"), uniqueId("hash"), uniqueId("hash")];
      const tokens = [
        { hash: one, key: ticket },
        { hash: two, key: ticket },
        { hash: own, key: customer },
      ];
      await mustWrite(storage.auto, aChange([aHead(ticket)], { tokens }));
      const opens = async () => {
        const heads = await Promise.all([one, two, own].map((hash) => storage.auto.byToken(hash)));
        return heads.map((head) => head?.key.kind ?? null);
      };
      await pruned(storage, { tokens: past });
      expectEqual(await opens(), ["ticket", "ticket", "customer"], "what they open, by a moment of long ago");
      await pruned(storage, { tokens: future });
      expectEqual(await opens(), [null, null, "customer"], "what they open, by a moment to come");
    },
  },
  {
    id: "prune/nothing-else",
    rule: "What no moment is named for stays; and whatever is pruned, records of tickets and customers, answers, counts and what is due stay.",
    async run({ storage }) {
      const whole = aWhole();
      await mustWrite(storage.auto, everywhere(whole));
      expectEqual(await pruned(storage, {}), { isMoreLeft: false }, "the outcome of nothing named");
      expectEqual(await traces(storage, whole), everything, "what stands then");
      const all = { comments: future, journal: future, events: future, tokens: future };
      await pruned(storage, all);
      expectEqual(
        await traces(storage, whole),
        { ...everything, linkOpens: null, comment: null, journal: [], history: [] },
        "what stands when all of it is old, and an event still waits",
      );
      expectEqual(await storage.recount(whole.ticket.workspaceId), [], "days that are off");
      expectEqual(await pruned(storage, all), { isMoreLeft: false }, "the outcome of a second time");
    },
  },
  {
    id: "prune/in-batches",
    rule: "A call takes at most `limit` rows of each kind and says whether more may be left; calls until nothing is take all.",
    async run({ storage }) {
      const { workspaceId } = aKey();
      const tickets = someKeys(8, { workspaceId });
      for (const ticket of tickets)
        await mustWrite(
          storage.auto,
          aChange([aHead(ticket, { cells: sent }), aHead(aKey({ kind: "event", workspaceId }))], {
            answer: anAnswer({ comment: "Fine" }),
            journal: [anEntry(ticket)],
            tokens: [{ hash: `of ${workspaceId} ${ticket.id}`, key: ticket }],
          }),
        );
      const page = { workspaceId, window: current, limit: 20, cursor: null };
      const left = async () => ({
        comments: (await storage.lists.answers(page)).items.filter(({ comment }) => comment !== null).length,
        journal: (await storage.lists.history(page)).items.length,
        events: (await storage.lists.events(workspaceId, { ...page, dead: false })).items.length,
        tokens: (
          await Promise.all(tickets.map(({ id }) => storage.auto.byToken(`of ${workspaceId} ${id}`)))
        ).filter((head) => head !== null).length,
      });
      const all = { comments: future, journal: future, events: future, tokens: future, limit: 3 };
      expectEqual(await pruned(storage, all), { isMoreLeft: true }, "the outcome of the first call");
      expectEqual(await left(), { comments: 5, journal: 5, events: 5, tokens: 5 }, "what is left");
      expectTrue((await pruned(storage, { ...all, events: null })).isMoreLeft, "a second call is full too");
      expectEqual(await left(), { comments: 2, journal: 2, events: 5, tokens: 2 }, "what is left then");
      expectTrue((await pruned(storage, all)).isMoreLeft, "one kind that is full is enough");
      expectTrue((await prunedAll(storage, all)) <= 2, "the end is told");
      expectEqual(await left(), { comments: 0, journal: 0, events: 0, tokens: 0 }, "what is left in the end");
    },
  },
];
