import type { Key, Session, Store } from "@csat/core";
import { expectCsatError, expectEqual, expectTrue } from "../assertions.ts";
import { aChange, aHead, aKey, uniqueId } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import { whileOpen } from "../open-transaction.ts";
import { malformedCursors, readAllPages } from "../paging.ts";
import { headOf, mustWrite, outcomeOf, stored } from "../steps.ts";

/** Names the ticket for these customers, stored or not. */
async function name(session: Session, ticket: Key, ...customers: readonly string[]): Promise<void> {
  const { version: expected } = await headOf(session, ticket);
  await mustWrite(session, aChange([aHead(ticket, { expected })], { customers }));
}

async function forget(session: Session, ticket: Key): Promise<void> {
  const { version: expected } = await headOf(session, ticket);
  await mustWrite(session, aChange([aHead(ticket, { expected })], { forget: true }));
}

/** Ids of the tickets of a customer, by pages of this size. */
function ticketsOf(
  store: Store<unknown>,
  { workspaceId, customer, limit = 3 }: { workspaceId: string; customer: string; limit?: number },
): Promise<readonly string[]> {
  return readAllPages({
    limit,
    read: async (cursor) => {
      const page = await store.lists.ticketsOf(workspaceId, { customer, limit, cursor });
      for (const ref of page.items) expectEqual(ref.workspaceId, workspaceId, "the workspace of a ticket");
      return { ...page, items: page.items.map(({ ticketId }) => ticketId) };
    },
  });
}

/** Ids in no order, and by code points. */
const written = ["b", "a", "Z", "é", "10", "9", "~", "a~b"];
const inOrder = ["10", "9", "Z", "a", "a~b", "b", "~", "é"];

async function eightTickets(storage: Store<unknown>): Promise<{ workspaceId: string; customer: string }> {
  const { workspaceId } = aKey();
  for (const id of written) await name(storage.auto, aKey({ workspaceId, id }), "ann");
  return { workspaceId, customer: "ann" };
}

/** Tickets by the customers whom changes named. */
export const customerTicketCases: readonly StorageCase[] = [
  {
    id: "customers/tickets/under-each",
    rule: "A ticket is found under each customer that a change named for it, in its workspace alone, whether the customer is stored or not.",
    async run({ storage, otherProcess }) {
      const [acme, globex] = [uniqueId("acme"), uniqueId("globex")];
      await stored(storage.auto, aKey({ kind: "customer", workspaceId: acme, id: "ann" }));
      await name(storage.auto, aKey({ workspaceId: acme, id: "1" }), "ann", "address of ann");
      await name(storage.auto, aKey({ workspaceId: acme, id: "2" }), "ann");
      await name(storage.auto, aKey({ workspaceId: globex, id: "3" }), "ann");
      await stored(storage.auto, aKey({ workspaceId: acme, id: "4" }));
      const found = (workspaceId: string, customer: string) =>
        ticketsOf(otherProcess, { workspaceId, customer });
      expectEqual(await found(acme, "ann"), ["1", "2"], "of the first customer");
      expectEqual(await found(acme, "address of ann"), ["1"], "of the second one");
      expectEqual(await found(globex, "ann"), ["3"], "elsewhere");
      for (const nobody of ["Ann", "an", "ann ", "", "%"])
        expectEqual(await found(acme, nobody), [], `of ${JSON.stringify(nobody)}`);
    },
  },
  {
    id: "customers/tickets/once",
    rule: "Customers that later changes name are added to those before, and one that is named again has the ticket once.",
    async run({ storage }) {
      const ticket = aKey();
      const { workspaceId, id } = ticket;
      await name(storage.auto, ticket, "ann");
      await name(storage.auto, ticket, "ann", "bob");
      await name(storage.auto, ticket);
      await mustWrite(storage.auto, aChange([aHead(ticket, { expected: 3 })]));
      for (const customer of ["ann", "bob"])
        expectEqual(await ticketsOf(storage, { workspaceId, customer }), [id], `tickets of ${customer}`);
    },
  },
  {
    id: "customers/tickets/pages",
    rule: "Pages of any size list a customer's tickets by code points of their ids, each once; the last page has no cursor, also when it is full.",
    async run({ storage }) {
      const of = await eightTickets(storage);
      for (const limit of [1, 2, 3, 4, 8, 9, 500])
        expectEqual(await ticketsOf(storage, { ...of, limit }), inOrder, `tickets by pages of ${limit}`);
      for (const limit of [7, 8, 9]) {
        const { customer } = of;
        const page = await storage.lists.ticketsOf(of.workspaceId, { customer, limit, cursor: null });
        expectEqual(page.nextCursor !== null, limit === 7, `a cursor after ${limit} of 8`);
      }
    },
  },
  {
    id: "customers/tickets/rows-come-and-go",
    rule: "While tickets are named and forgotten before, at and behind the cursor, those that stood from the first and stay come once.",
    async run({ storage, otherProcess }) {
      const { workspaceId, customer } = await eightTickets(storage);
      const first = await storage.lists.ticketsOf(workspaceId, { customer, limit: 4, cursor: null });
      expectEqual(
        first.items.map(({ ticketId }) => ticketId),
        inOrder.slice(0, 4),
        "the first page",
      );
      for (const id of ["0", "aa", "zz"]) await name(otherProcess.auto, aKey({ workspaceId, id }), customer);
      for (const id of ["9", "a", "b"]) await forget(otherProcess.auto, aKey({ workspaceId, id }));
      const rest = await readAllPages({
        limit: 2,
        read: (cursor) =>
          storage.lists.ticketsOf(workspaceId, { customer, limit: 2, cursor: cursor ?? first.nextCursor }),
      });
      expectEqual(
        rest.map(({ ticketId }) => ticketId),
        ["aa", "a~b", "zz", "~", "é"],
        "the rest",
      );
    },
  },
  {
    id: "customers/tickets/invented-cursors",
    rule: "A cursor that no page of a customer's tickets returned is refused as invalid input.",
    async run({ storage }) {
      const { workspaceId, customer } = await eightTickets(storage);
      const { nextCursor } = await storage.lists.ticketsOf(workspaceId, { customer, limit: 4, cursor: null });
      expectTrue(nextCursor !== null, "the first page has a cursor");
      for (const cursor of [...malformedCursors, ` ${nextCursor}`])
        await expectCsatError(
          () => storage.lists.ticketsOf(workspaceId, { customer, limit: 4, cursor }),
          "invalid_input",
          `a page after ${JSON.stringify(cursor).slice(0, 60)}`,
        );
    },
  },
  {
    // S77
    id: "customers/tickets/forgotten",
    rule: "A forgotten ticket is found under no customer but those that the same change names; others keep theirs.",
    async run({ storage }) {
      const { workspaceId } = aKey();
      const [one, other] = ["one", "other"].map((id) => aKey({ workspaceId, id }));
      const elsewhere = aKey({ id: "one" });
      for (const ticket of [one ?? aKey(), other ?? aKey(), elsewhere])
        await name(storage.auto, ticket, "ann", "bob");
      const change = aChange([aHead(one ?? aKey(), { expected: 1 })], {
        forget: true,
        customers: ["bob", "eve"],
      });
      await mustWrite(storage.auto, change);
      const found = (customer: string) => ticketsOf(storage, { workspaceId, customer });
      expectEqual(await found("ann"), ["other"], "tickets of ann");
      expectEqual(await found("bob"), ["one", "other"], "tickets of bob");
      expectEqual(await found("eve"), ["one"], "tickets of eve");
      const { workspaceId: another } = elsewhere;
      expectEqual(await ticketsOf(storage, { workspaceId: another, customer: "ann" }), ["one"], "elsewhere");
    },
  },
  {
    id: "customers/tickets/whole-or-not-at-all",
    rule: "A change that conflicts, or whose transaction is rolled back, names its ticket for nobody.",
    async run({ storage, otherProcess }) {
      const ticket = await stored(storage.auto, aKey());
      const { workspaceId } = ticket;
      const change = (expected: number) => aChange([aHead(ticket, { expected })], { customers: ["ann"] });
      expectEqual(await outcomeOf(storage.auto, change(7)), "conflict", "the outcome of another version");
      await whileOpen({
        store: storage,
        beside: otherProcess,
        first: (session) => mustWrite(session, change(1)),
        meanwhile: async () => {},
        end: "rollback",
      });
      expectEqual(await ticketsOf(storage, { workspaceId, customer: "ann" }), [], "tickets of ann");
    },
  },
  {
    id: "customers/tickets/in-bulk",
    rule: "One write names 300 tickets for customers of their own and for one that they share, and takes 100 of them back.",
    async run({ storage }) {
      const { workspaceId } = aKey();
      const ids = Array.from({ length: 300 }, (_, place) => `ticket-${String(place).padStart(3, "0")}`);
      const keys = ids.map((id) => aKey({ workspaceId, id }));
      await mustWrite(
        storage.auto,
        ...keys.map((key) => aChange([aHead(key)], { customers: ["all", `of ${key.id}`] })),
      );
      const shared = { workspaceId, customer: "all", limit: 100 };
      expectEqual(await ticketsOf(storage, shared), ids, "tickets of the one");
      const taken = keys.slice(0, 100).map((key) => aChange([aHead(key, { expected: 1 })], { forget: true }));
      await mustWrite(storage.auto, ...taken);
      expectEqual(await ticketsOf(storage, shared), ids.slice(100), "tickets of the one, later");
      for (const place of [0, 99, 100, 299]) {
        const own = await ticketsOf(storage, { workspaceId, customer: `of ${ids[place]}` });
        expectEqual(own.length, place < 100 ? 0 : 1, `tickets of the customer of ${ids[place]}`);
      }
    },
  },
];
