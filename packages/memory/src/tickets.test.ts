import { expect, test } from "vitest";
import { memoryTickets } from "./tickets.ts";

const ref = { workspaceId: "acme", ticketId: "T1" };

test("a new ticket is open and says nothing of its customer; later changes keep the rest", async () => {
  const tickets = memoryTickets();
  tickets.put("acme", { ticketId: "T1", subject: "Printer on fire" });
  tickets.put("acme", { ticketId: "T1", status: "resolved" });
  expect(await tickets.getTicket(ref)).toEqual({
    ticketId: "T1",
    status: "resolved",
    subject: "Printer on fire",
    url: null,
    workspaceName: "acme",
    customer: { name: null, email: null, locale: null },
    assignee: null,
  });
});

test("unknown and removed tickets are null alone and left out among many; workspaces do not meet", async () => {
  // S49
  const tickets = memoryTickets();
  for (const ticketId of ["T1", "T2"]) tickets.put("acme", { ticketId });
  tickets.remove(ref);
  expect(await tickets.getTicket(ref)).toBeNull();
  expect(await tickets.getTicket({ workspaceId: "globex", ticketId: "T2" })).toBeNull();
  const found = await tickets.getTickets("acme", ["T1", "T2", "T3"]);
  expect(found.map(({ ticketId }) => ticketId)).toEqual(["T2"]);
});

test("operators have names in their workspace, unknown ones are left out", async () => {
  const tickets = memoryTickets();
  tickets.putOperator("acme", { id: "bob", name: "Bob" });
  expect(await tickets.getOperators?.("acme", ["zoe", "bob"])).toEqual([{ id: "bob", name: "Bob" }]);
  expect(await tickets.getOperators?.("globex", ["bob"])).toEqual([]);
});

test("a helpdesk that is down rejects every read until it is healed", async () => {
  // S6
  const tickets = memoryTickets();
  const down = new Error("down");
  tickets.put("acme", { ticketId: "T1" });
  tickets.failWith(down);
  await expect(tickets.getTicket(ref)).rejects.toBe(down);
  await expect(tickets.getTickets("acme", ["T1"])).rejects.toBe(down);
  await expect(tickets.getOperators?.("acme", ["bob"])).rejects.toBe(down);
  tickets.failWith(null);
  expect(await tickets.getTicket(ref)).toMatchObject({ ticketId: "T1" });
});
