import type { Key } from "@csat/core";
import { expectEqual } from "../assertions.ts";
import { aChange, aHead, aKey, anEntry, refOf, uniqueId, waiting } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import { whileOpen } from "../open-transaction.ts";
import { claimedIds, claimOne, headOf, leased, mustWrite, outcomeOf, rewritten } from "../steps.ts";
import { aWhole, everything, everywhere, traces } from "../traces.ts";

/** The change that the core makes of an erase: a tombstone, nothing due, nothing beside it. */
const forgotten = (ticket: Key, expected: number) =>
  aChange([aHead(ticket, { expected, state: { erased: true }, due: null })], { forget: true });

/** What stays of `everywhere` then: the records, and the counts, which the core takes back by deltas. */
const afterwards = {
  ...everything,
  linkOpens: null,
  comment: null,
  journal: [],
  history: [],
  events: 0,
  ofCustomer: 0,
  answers: 0,
};

/** What a change that forgets removes. */
export const forgetCases: readonly StorageCase[] = [
  {
    // S56
    id: "forget/all-of-the-ticket",
    rule: "Forgetting removes the ticket's links, answer, journal and events with what is due of them, and keeps its record.",
    async run({ storage, otherProcess }) {
      const whole = aWhole();
      await mustWrite(storage.auto, everywhere(whole));
      await mustWrite(storage.auto, forgotten(whole.ticket, 1));
      expectEqual(
        await traces(otherProcess, whole),
        { ...afterwards, versions: [2, 1, 0, 1], due: [0, 0] },
        "what is left",
      );
      expectEqual((await headOf(storage.auto, whole.ticket)).state, { erased: true }, "the tombstone");
    },
  },
  {
    id: "forget/after-the-end",
    rule: "Events are removed however they ended: delivered long ago, given up, or leased to a worker, who can write nothing of them any more.",
    async run({ storage }) {
      const ticket = aKey();
      const { workspaceId } = ticket;
      const cells = { kind: "event", createdAt: new Date(0), ticketId: ticket.id, dead: false } as const;
      const keyOf = (id: string) => aKey({ kind: "event", workspaceId, id });
      await mustWrite(storage.auto, aChange([aHead(ticket)]));
      const { leaseId } = await leased(storage.auto, keyOf("leased"));
      await rewritten(storage.auto, keyOf("leased"), { cells });
      await mustWrite(storage.auto, aChange([aHead(keyOf("delivered"), { cells, due: waiting() })]));
      await rewritten(storage.auto, keyOf("delivered"), { cells, due: null });
      const failed = { kind: "failed", failedAt: new Date(0), reason: "dead" } as const;
      await mustWrite(
        storage.auto,
        aChange([aHead(keyOf("dead"), { cells: { ...cells, dead: true }, due: failed })]),
      );
      await mustWrite(storage.auto, forgotten(ticket, 1));
      for (const dead of [true, false]) {
        const { items } = await storage.lists.events(workspaceId, { limit: 10, cursor: null, dead });
        expectEqual(items, [], "events in the list");
      }
      const late = aChange([
        aHead(keyOf("leased"), { expected: 2, cells, lease: { id: leaseId, extendMs: null } }),
      ]);
      expectEqual(await outcomeOf(storage.auto, late), "conflict", "a write of the worker that held one");
      expectEqual((await storage.backlog(new Date())).deadEvents, 0, "events given up");
    },
  },
  {
    id: "forget/nothing-else",
    rule: "Forgetting a ticket leaves all of others: of the workspace, of equal ids in another one, and the links of a customer with the ticket's id.",
    async run({ storage }) {
      const ids = ["one", "two"].flatMap((id) =>
        ["acme", "globex"].map((workspaceId) => ({ workspaceId, id })),
      );
      const wholes = ids.map((given) => {
        const whole = aWhole(aKey(given));
        // Equal ids of every kind, and equal events in both workspaces.
        const { workspaceId, id } = given;
        return {
          ...whole,
          customer: aKey({ kind: "customer", workspaceId, id }),
          event: aKey({ kind: "event", workspaceId, id }),
        };
      });
      for (const [place, whole] of wholes.entries()) {
        const change = everywhere(whole);
        const tokens = [...(change.tokens ?? []), { hash: `customer ${place}`, key: whole.customer }];
        // The workspace's record is one for both tickets.
        const heads = change.heads.filter(({ key }) => key.kind !== "workspace");
        await mustWrite(storage.auto, { ...change, heads, tokens });
      }
      const before = await Promise.all(wholes.map((whole) => traces(storage, whole)));
      const [first = aWhole()] = wholes;
      await mustWrite(storage.auto, forgotten(first.ticket, 1));
      for (const [place, whole] of wholes.entries()) {
        const hash = (await storage.auto.byToken(`customer ${place}`))?.key;
        expectEqual(hash, whole.customer, "what a customer's link opens");
        if (place === 0) continue;
        const { due: _, events, answers, ...seen } = await traces(storage, whole);
        const {
          due: _due,
          events: eventsBefore = 0,
          answers: answersBefore = 0,
          ...seenBefore
        } = before[place] ?? {};
        expectEqual<unknown>(
          seen,
          seenBefore,
          `what stands of ${whole.ticket.workspaceId} ${whole.ticket.id}`,
        );
        const gone = whole.ticket.workspaceId === first.ticket.workspaceId ? 1 : 0;
        expectEqual(
          [events, answers],
          [eventsBefore - gone, answersBefore - gone],
          "events and answers of its workspace",
        );
      }
      const left = (await claimedIds(storage.auto, { kind: "event" })).length;
      expectEqual([left, (await claimedIds(storage.auto)).length], [3, 3], "events and tickets that are due");
    },
  },
  {
    id: "forget/before-anything-is-added",
    rule: "What a change adds while it forgets stays: the entry that tells of it, and a new link.",
    async run({ storage }) {
      const whole = aWhole();
      await mustWrite(storage.auto, everywhere(whole));
      const hash = uniqueId("hash");
      await mustWrite(storage.auto, {
        ...forgotten(whole.ticket, 1),
        journal: [anEntry(whole.ticket, { event: "erased" })],
        tokens: [{ hash, key: whole.ticket }],
      });
      const journal = await storage.lists.journal(refOf(whole.ticket));
      expectEqual(
        journal.map(({ event }) => event),
        ["erased"],
        "the journal",
      );
      expectEqual((await storage.auto.byToken(hash))?.key, whole.ticket, "what the new link opens");
      expectEqual(await storage.auto.byToken(whole.hash), null, "what the old link opens");
    },
  },
  {
    id: "forget/again-and-of-nothing",
    rule: "A ticket is forgotten twice, or before anything of it was stored, without harm.",
    async run({ storage }) {
      const fresh = aKey();
      await mustWrite(storage.auto, forgotten(fresh, 0));
      await mustWrite(storage.auto, forgotten(fresh, 1));
      expectEqual((await headOf(storage.auto, fresh)).version, 2, "the version");
    },
  },
  {
    id: "forget/rolled-back",
    rule: "What a transaction forgot is all there when it is rolled back.",
    async run({ storage, otherProcess }) {
      const whole = aWhole();
      await mustWrite(storage.auto, everywhere(whole));
      await whileOpen({
        store: storage,
        beside: otherProcess,
        first: (session) => mustWrite(session, forgotten(whole.ticket, 1)),
        meanwhile: async () => {},
        end: "rollback",
      });
      expectEqual(await traces(otherProcess, whole), everything, "what stands");
    },
  },
  {
    id: "forget/due-of-the-ticket-as-told",
    rule: "What is due of the ticket itself follows the change alone: forgetting without a word on it leaves it.",
    async run({ storage }) {
      const ticket = aKey();
      await mustWrite(storage.auto, aChange([aHead(ticket, { due: waiting() })]));
      await mustWrite(storage.auto, aChange([aHead(ticket, { expected: 1 })], { forget: true }));
      expectEqual((await claimOne(storage.auto)).head.key, ticket, "what is due");
    },
  },
  {
    id: "forget/many-in-one-write",
    rule: "Of 200 tickets that one write forgets each loses all of its own, beside 200 that lose nothing.",
    async run({ storage }) {
      const wholes = Array.from({ length: 400 }, (_, place) =>
        aWhole(aKey({ workspaceId: "acme", id: `ticket-${String(place).padStart(3, "0")}` })),
      );
      const changes = wholes.map((whole) => {
        const change = everywhere(whole);
        return { ...change, heads: change.heads.filter(({ key }) => key.kind !== "workspace") };
      });
      await mustWrite(storage.auto, ...changes);
      await mustWrite(storage.auto, ...wholes.slice(0, 200).map(({ ticket }) => forgotten(ticket, 1)));
      const opens = await Promise.all(wholes.map(({ hash }) => storage.auto.byToken(hash)));
      expectEqual(opens.filter((head) => head !== null).length, 200, "links that open");
      const { items } = await storage.lists.events("acme", { limit: 500, cursor: null, dead: false });
      expectEqual(items.length, 200, "events that are left");
      const journals = await Promise.all(wholes.map(({ ticket }) => storage.lists.journal(refOf(ticket))));
      expectEqual(journals.filter((entries) => entries.length > 0).length, 200, "journals that are left");
    },
  },
];
