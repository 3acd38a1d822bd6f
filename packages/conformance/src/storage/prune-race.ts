import type { Store } from "@csat/core";
import { expectEqual } from "../assertions.ts";
import { aChange, aHead, aKey, anEntry, minute, refOf } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import { current } from "../history.ts";
import { whileOpen } from "../open-transaction.ts";
import { headOf, mustWrite, stored } from "../steps.ts";
import { eventCells, past, pruned, prunedAll, sent, ticketOf } from "./prune.ts";

/** Pruning beside others. */
export const pruneRaceCases: readonly StorageCase[] = [
  {
    id: "prune/at-once",
    rule: "Four prunes at once, through two handles and beside writers of the same tickets, end well: all that is old is gone, and nothing else.",
    async run({ storage, otherProcess }) {
      const { workspaceId } = aKey();
      const tickets = await Promise.all(
        Array.from({ length: 40 }, (_, place) => ticketOf(storage, place % 2 === 0 ? 100 : 200, workspaceId)),
      );
      const ask = {
        comments: minute(150),
        journal: minute(150),
        events: minute(150),
        tokens: past,
        limit: 7,
      };
      const write = async (store: Store<unknown>, ticket: (typeof tickets)[number]) => {
        const journal = [anEntry(ticket, { at: minute(300), actorId: "meanwhile" })];
        const answer = { kind: "move", resolvedBy: "bob" } as const;
        await mustWrite(
          store.auto,
          aChange([aHead(ticket, { expected: 1, cells: sent })], { answer, journal }),
        );
      };
      await Promise.all([
        ...[storage, otherProcess, storage, otherProcess].map((store) => prunedAll(store, ask)),
        ...tickets.map((ticket, place) => write(place % 3 === 0 ? otherProcess : storage, ticket)),
      ]);
      await prunedAll(storage, ask);
      const page = { workspaceId, window: current, limit: 100, cursor: null };
      const { items } = await storage.lists.answers({ ...page, resolvedBy: "bob" });
      expectEqual(
        items.map(({ comment }) => comment),
        tickets.map((_, place) => (place < 20 ? "at 200" : null)),
        "the comments",
      );
      const { items: lines } = await storage.lists.history(page);
      expectEqual(
        ["at 100", "at 200", "meanwhile"].map(
          (actorId) => lines.filter((line) => line.actorId === actorId).length,
        ),
        [0, 20, 40],
        "old lines, young ones, and those of the writers",
      );
    },
  },
  {
    id: "prune/beside-an-open-transaction",
    rule: "A prune beside a transaction that has written the old rows ends well, and what it stepped over is taken later.",
    async run({ storage, otherProcess }) {
      const ticket = await ticketOf(storage, 100);
      const event = aKey({ kind: "event", workspaceId: ticket.workspaceId });
      await stored(storage.auto, event, { cells: eventCells(100) });
      const ask = { comments: minute(150), journal: minute(150), events: minute(150), tokens: past };
      await whileOpen({
        store: storage,
        beside: otherProcess,
        first: (session) =>
          mustWrite(
            session,
            aChange(
              [
                aHead(ticket, { expected: 1, cells: sent }),
                aHead(event, { expected: 1, cells: eventCells(100) }),
              ],
              {
                answer: { kind: "move", resolvedBy: "bob" },
                journal: [anEntry(ticket, { at: minute(160) })],
              },
            ),
          ),
        meanwhile: () => pruned(otherProcess, ask),
        after: (session) =>
          mustWrite(session, aChange([aHead(event, { expected: 2, cells: eventCells(100), due: null })])),
      });
      await prunedAll(storage, ask);
      expectEqual((await storage.lists.answer(refOf(ticket)))?.comment, null, "the comment");
      expectEqual((await storage.lists.journal(refOf(ticket))).length, 1, "lines of the journal");
      expectEqual((await headOf(storage.auto, event)).version, 0, "the event");
    },
  },
];
