import type { EventCells } from "@csat/core";
import { expectEqual } from "../assertions.ts";
import { aChange, aHead, aKey, givenUp, minute, waiting } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import { readAllPages } from "../paging.ts";
import { mustWrite, rewritten, stored } from "../steps.ts";

const cells = (given: Partial<EventCells> = {}): EventCells => ({
  kind: "event",
  createdAt: minute(120),
  ticketId: "ticket",
  dead: false,
  ...given,
});

/** Events as their list shows them. */
export const eventCases: readonly StorageCase[] = [
  {
    id: "events/whatever-is-due",
    rule: "Events are listed whether they wait, were given up, or have nothing due any more.",
    async run({ storage, otherProcess }) {
      const dues = { waits: waiting(), failed: givenUp(), settled: null };
      for (const [id, due] of Object.entries(dues)) {
        await stored(storage.auto, aKey({ kind: "event", workspaceId: "acme", id }), { cells: cells(), due });
      }
      const { items } = await otherProcess.lists.events("acme", { limit: 10, cursor: null, dead: false });
      expectEqual(
        items.map(({ key }) => key.id),
        ["waits", "settled", "failed"],
        "the events",
      );
    },
  },
  {
    id: "events/as-they-stand",
    rule: "A listed event has its version and document as they stand now.",
    async run({ storage }) {
      const key = await stored(storage.auto, aKey({ kind: "event" }), { cells: cells() });
      await rewritten(storage.auto, key, { cells: cells(), state: { text: "second" } });
      const { items } = await storage.lists.events(key.workspaceId, { limit: 10, cursor: null, dead: false });
      expectEqual(items, [{ key, version: 2, state: { text: "second" } }], "the events");
    },
  },
  {
    // S77
    id: "events/of-a-ticket",
    rule: "With `ticketId` the events of that very ticket are listed, page by page, whether they are dead or not; `dead` keeps those that are.",
    async run({ storage }) {
      const tickets = ["T1", "T1 ", "t1", "T", "T%"];
      for (const [place, ticketId] of tickets.entries())
        for (const id of ["a", "b", "c"]) {
          const key = aKey({ kind: "event", workspaceId: "acme", id: `${id}${place}` });
          await stored(storage.auto, key, { cells: cells({ ticketId, dead: id === "b" }) });
        }
      const elsewhere = aKey({ kind: "event", workspaceId: "globex", id: "d" });
      await stored(storage.auto, elsewhere, { cells: cells({ ticketId: "T1" }) });
      for (const [place, ticketId] of tickets.entries())
        for (const dead of [false, true]) {
          const read = (cursor: string | null) =>
            storage.lists.events("acme", { limit: 2, cursor, dead, ticketId });
          const rows = await readAllPages({ limit: 2, read });
          expectEqual(
            rows.map(({ key }) => key.id),
            (dead ? ["b"] : ["c", "b", "a"]).map((id) => `${id}${place}`),
            `the ${dead ? "dead " : ""}events of "${ticketId}"`,
          );
        }
    },
  },
  {
    id: "events/dead-ones",
    rule: "`dead` keeps events with a delivery given up, as the last write said; without it all are listed.",
    async run({ storage }) {
      const ids = ["a", "b", "c"];
      const keyOf = (id: string) => aKey({ kind: "event", workspaceId: "acme", id });
      for (const id of ids) await stored(storage.auto, keyOf(id), { cells: cells({ dead: id === "b" }) });
      const listed = async (dead: boolean) => {
        const { items } = await storage.lists.events("acme", { limit: 10, cursor: null, dead });
        return items.map(({ key }) => key.id).join("");
      };
      expectEqual([await listed(true), await listed(false)], ["b", "cba"], "dead ones and all");
      await rewritten(storage.auto, keyOf("b"), { cells: cells() });
      await rewritten(storage.auto, keyOf("c"), { cells: cells({ dead: true }) });
      expectEqual([await listed(true), await listed(false)], ["c", "cba"], "dead ones and all, later");
    },
  },
  {
    id: "events/locked-and-absent",
    rule: "An event that was locked and never stored is in no list.",
    async run({ storage }) {
      const key = aKey({ kind: "event", workspaceId: "acme", id: "absent" });
      await storage.own((session) => session.read([{ ...key, lock: true }]));
      await mustWrite(
        storage.auto,
        aChange([aHead(aKey({ kind: "event", workspaceId: "acme", id: "stored" }))]),
      );
      const { items } = await storage.lists.events("acme", { limit: 10, cursor: null, dead: false });
      expectEqual(
        items.map(({ key: { id } }) => id),
        ["stored"],
        "the events",
      );
    },
  },
];
