import type { HistoryQuery, JournalRow, Key, Store } from "@csat/core";
import { expectCsatError, expectEqual, expectTrue } from "../assertions.ts";
import { aChange, aHead, aKey, anEntry, minute, someKeys, uniqueId, utc } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import { whileOpen } from "../open-transaction.ts";
import { malformedCursors, readAllPages } from "../paging.ts";
import { mustWrite, rewritten } from "../steps.ts";

const year = { from: utc("2026-01-01T00:00:00.000Z"), until: utc("2027-01-01T00:00:00.000Z") };

/** The whole history of a workspace, by pages of 3. */
function history(
  store: Store<unknown>,
  workspaceId: string,
  window: HistoryQuery["window"] = year,
): Promise<readonly JournalRow[]> {
  const read = (cursor: string | null) => store.lists.history({ workspaceId, window, limit: 3, cursor });
  return readAllPages({ limit: 3, read });
}

const reasons = async (...asked: Parameters<typeof history>) =>
  (await history(...asked)).map(({ reason }) => reason);

/** A ticket's first version with these lines of its journal. */
const told = (ticket: Key, ...journal: readonly JournalRow[]) => aChange([aHead(ticket)], { journal });

/** The journals of a workspace as one. */
export const historyCases: readonly StorageCase[] = [
  {
    id: "history/as-it-was-told",
    rule: "The lines of all tickets come back field by field, with the facts that they rest on as the JSON that they are.",
    async run({ storage, otherProcess }) {
      const keys = someKeys(3, { workspaceId: "acme" });
      const facts = [
        { list: [1, "2", null], map: {}, none: null, no: false, text: `' " \\ 😀 \u0000 \\u0041` },
        null,
        false,
        0,
        "",
        [],
        "x".repeat(10_000),
      ];
      const lines = facts.map((fact, place) =>
        anEntry(keys[place % 3] ?? aKey(), {
          at: minute(place),
          facts: fact,
          eligibleAt: minute(1_000 + place),
        }),
      );
      const bare = anEntry(keys[0] ?? aKey(), { at: minute(50), event: "answered", reason: "", actorId: "" });
      const late = anEntry(keys[1] ?? aKey(), {
        at: minute(51),
        eligibleAt: utc("2026-03-29T01:59:59.999Z"),
      });
      const all = [...lines, bare, late];
      const ofKey = (key: Key) => all.filter(({ ticketId }) => ticketId === key.id);
      await mustWrite(storage.auto, ...keys.map((key) => told(key, ...ofKey(key))));
      expectEqual(await history(otherProcess, "acme"), all, "the history");
    },
  },
  {
    id: "history/oldest-first",
    rule: "Lines are listed oldest first by their time, whichever ticket they are of; equal times in the order of their writing.",
    async run({ storage, otherProcess }) {
      const [first = aKey(), second = aKey()] = someKeys(2, { workspaceId: "acme" });
      const line = (ticket: Key, at: number, reason: string) => anEntry(ticket, { at: minute(at), reason });
      await mustWrite(
        storage.auto,
        told(second, line(second, 5, "d"), line(second, 9, "g"), line(second, 5, "e")),
      );
      await mustWrite(otherProcess.auto, told(first, line(first, 5, "f"), line(first, -1, "a")));
      await mustWrite(
        storage.auto,
        aChange([aHead(first, { expected: 1 })], { journal: [line(first, 2, "b"), line(first, 9, "h")] }),
        aChange([aHead(second, { expected: 1 })], { journal: [line(second, 2, "c"), line(second, 9, "i")] }),
      );
      expectEqual(await reasons(storage, "acme"), Array.from("abcdefghi"), "the reasons");
    },
  },
  {
    id: "history/half-open-window",
    rule: "A window holds the instant that it begins at, to the millisecond, and not the one that it ends at.",
    async run({ storage }) {
      const ticket = aKey();
      const times = ["08:59:59.999", "09:00:00.000", "09:00:00.001", "17:29:59.999", "17:30:00.000"];
      const at = (time: string) => utc(`2026-03-02T${time}Z`);
      await mustWrite(
        storage.auto,
        told(ticket, ...times.map((time) => anEntry(ticket, { at: at(time), reason: time }))),
      );
      const window = { from: at("09:00:00.000"), until: at("17:30:00.000") };
      expectEqual(await reasons(storage, ticket.workspaceId, window), times.slice(1, 4), "the reasons");
      const empty = { from: window.until, until: window.until };
      expectEqual(await reasons(storage, ticket.workspaceId, empty), [], "the reasons of no time");
    },
  },
  {
    id: "history/one-workspace",
    rule: "The history of a workspace has nothing of others, though their names look alike.",
    async run({ storage }) {
      const workspaces = ["acme", "ACME", "acme ", "acm", "acme_", "a%", "äcme"];
      for (const workspaceId of workspaces) {
        const ticket = aKey({ workspaceId, id: "T1" });
        await mustWrite(storage.auto, told(ticket, anEntry(ticket, { reason: workspaceId })));
      }
      for (const workspaceId of workspaces)
        expectEqual(await reasons(storage, workspaceId), [workspaceId], `the reasons of "${workspaceId}"`);
      expectEqual(
        await reasons(storage, uniqueId("workspace")),
        [],
        "the reasons of a workspace without any",
      );
    },
  },
  {
    // S56
    id: "history/forgotten",
    rule: "What was told of a ticket before it was forgotten is gone; what is told with that, and of other tickets, stays.",
    async run({ storage, otherProcess }) {
      const [one = aKey(), other = aKey()] = someKeys(2, { workspaceId: "acme" });
      const elsewhere = aKey({ workspaceId: "globex", id: one.id });
      for (const [place, key] of [one, other, elsewhere].entries())
        await mustWrite(storage.auto, told(key, anEntry(key, { at: minute(place), facts: key.id })));
      const erased = anEntry(one, { at: minute(9), event: "erased" });
      const change = aChange([aHead(one, { expected: 1 })], { forget: true, journal: [erased] });
      await mustWrite(storage.auto, change);
      expectEqual(
        await history(otherProcess, "acme"),
        [anEntry(other, { at: minute(1), facts: other.id }), erased],
        "the history",
      );
      expectEqual((await history(storage, "globex")).length, 1, "lines of an equal id elsewhere");
    },
  },
  {
    id: "history/in-transactions",
    rule: "What a transaction tells is in the history once it commits, and never when it rolls back.",
    async run({ storage, otherProcess }) {
      for (const end of ["rollback", "commit"] as const) {
        const ticket = aKey();
        const { meanwhile } = await whileOpen({
          store: storage,
          beside: otherProcess,
          first: (session) => mustWrite(session, told(ticket, anEntry(ticket, { facts: { end } }))),
          meanwhile: () => history(otherProcess, ticket.workspaceId),
          end,
        });
        // The read may have come after the commit.
        if (end === "rollback") expectEqual(meanwhile, [], "the history while the transaction was open");
        const wanted = end === "commit" ? [anEntry(ticket, { facts: { end } })] : [];
        expectEqual(await history(storage, ticket.workspaceId), wanted, `the history after ${end}`);
      }
    },
  },
  {
    id: "history/many-of-one-time",
    rule: "Of 120 lines of one time, written one by one and together, pages of any size list each once, in the order of their writing.",
    async run({ storage }) {
      const ticket = aKey();
      await mustWrite(storage.auto, aChange([aHead(ticket)]));
      const line = (place: number) => anEntry(ticket, { reason: `${place}` });
      for (let place = 0; place < 20; place++)
        await mustWrite(
          storage.auto,
          aChange([aHead(ticket, { expected: place + 1 })], { journal: [line(place)] }),
        );
      const together = Array.from({ length: 100 }, (_, place) => line(20 + place));
      await mustWrite(storage.auto, aChange([aHead(ticket, { expected: 21 })], { journal: together }));
      const wanted = Array.from({ length: 120 }, (_, place) => `${place}`);
      for (const limit of [7, 50, 500]) {
        const { workspaceId } = ticket;
        const read = (cursor: string | null) =>
          storage.lists.history({ workspaceId, window: year, limit, cursor });
        const rows = await readAllPages({ limit, read });
        expectEqual(
          rows.map(({ reason }) => reason),
          wanted,
          `the reasons by pages of ${limit}`,
        );
      }
    },
  },
  {
    id: "history/changed-cursors",
    rule: "A cursor to which something was added is refused as invalid input, as is one that no page returned.",
    async run({ storage }) {
      const ticket = aKey();
      const { workspaceId } = ticket;
      await mustWrite(storage.auto, told(ticket, anEntry(ticket), anEntry(ticket)));
      const page = (cursor: string | null) =>
        storage.lists.history({ workspaceId, window: year, limit: 1, cursor });
      const { nextCursor } = await page(null);
      expectTrue(nextCursor !== null, "the first page has a cursor");
      for (const cursor of [
        `${nextCursor}x`,
        `${nextCursor} `,
        `${nextCursor}99999999999999999999`,
        ...malformedCursors,
      ])
        await expectCsatError(() => page(cursor), "invalid_input", `a page after ${cursor.slice(0, 60)}`);
    },
  },
  {
    id: "history/beside-the-journal",
    rule: "A ticket's own journal has the date of each line, and its facts.",
    async run({ storage }) {
      const ticket = aKey();
      const line = anEntry(ticket, { eligibleAt: utc("2026-04-01T00:00:00.001Z") });
      const kept = { ...line, facts: { asked: 1 } };
      await mustWrite(storage.auto, told(ticket, kept));
      await rewritten(storage.auto, ticket);
      const { workspaceId, id: ticketId } = ticket;
      expectEqual(await storage.lists.journal({ workspaceId, ticketId }), [kept], "the journal");
    },
  },
];
