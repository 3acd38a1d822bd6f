import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { changeStatus } from "../helpdesk/ticket-changes.ts";
import { aDesk } from "./a-desk.ts";

let desk: Awaited<ReturnType<typeof aDesk>>;
beforeAll(async () => {
  desk = await aDesk();
});
afterAll(() => desk.close());

const panelOf = async (ticketId: string) => (await desk.ask("bob", `/csat/api/tickets/${ticketId}`)).body;
const decisionsOn = async (ticketId: string) =>
  (await desk.csat.explain({ workspaceId: "desk", ticketId })).map(({ event, reason }) =>
    reason === null ? event : `${event}: ${reason}`,
  );

/** Waits for the mail about a ticket and answers its link for a rating. */
async function linkOf(subject: string, rating: number): Promise<string> {
  const mail = () => desk.mailbox.mails.find((text) => text.includes(subject)) ?? "no such mail yet";
  await expect.poll(mail).toContain(subject);
  const link = new RegExp(`http://desk\\.example/csat/r/\\S+rating=${rating}`).exec(mail())?.[0];
  if (link === undefined) throw new Error("The mail has no link.");
  return desk.reachable(link);
}

test("solved, mailed, answered: the rating stands on the ticket and belongs to who solved it", async () => {
  const ticketId = await desk.openTicket();
  await desk.ask("lea", `/tickets/${ticketId}/assign`, { userId: desk.lea.id });
  const solved = await desk.ask("bob", `/tickets/${ticketId}/solve`, {});
  expect(solved).toMatchObject({ status: 200, body: [{ ticketId, from: "new", to: "solved" }] });
  const link = await linkOf("My order", 4);
  expect((await fetch(link)).status).toBe(200);
  const body = new URLSearchParams({ rating: "4", comment: "Quick." });
  expect((await fetch(link, { method: "POST", body })).status).toBe(201);
  expect(await panelOf(ticketId)).toMatchObject({
    state: "answered",
    response: { rating: 4, comment: "Quick." },
  });
  const { body: metrics } = await desk.ask("lea", "/csat/api/analytics");
  expect(metrics.byResolver).toMatchObject([{ actorId: desk.bob.id, responses: 1, averageRating: 4 }]);
  expect((await desk.ask("bob", "/csat/api/analytics")).status).toBe(403);
});

test("a change that is rolled back leaves no survey, and one that commits does", async () => {
  // S57
  const ticketId = await desk.openTicket();
  const order = { ticketIds: [ticketId], to: "solved", userId: desk.bob.id } as const;
  const { database, listeners } = desk.helpdesk;
  const refuse = async () => {
    throw new Error("the helpdesk changed its mind");
  };
  await expect(changeStatus(database, [...listeners, refuse], order)).rejects.toThrow("changed its mind");
  expect(await decisionsOn(ticketId)).toEqual([]);
  expect(await panelOf(ticketId)).toEqual({ state: "none" });
  await changeStatus(database, listeners, order);
  expect((await decisionsOn(ticketId)).slice(0, 2)).toEqual(["resolved", "scheduled"]);
});

test("reopened before it is due, or closed: no mail", async () => {
  // S3, S4
  await desk.csat.updateSettings("desk", { sendDelay: "24_hours" });
  const [reopened, closed] = [await desk.openTicket(), await desk.openTicket()];
  await desk.ask("bob", "/tickets/solve", { ticketIds: [reopened, closed] });
  expect(await panelOf(reopened)).toMatchObject({ state: "scheduled" });
  await desk.ask("bob", `/tickets/${reopened}/reopen`, {});
  await desk.ask("bob", `/tickets/${closed}/close`, {});
  for (const [ticketId, reason] of [
    [reopened, "reopened"],
    [closed, "closed"],
  ] as const) {
    expect(await panelOf(ticketId)).toEqual({ state: "none" });
    expect(await decisionsOn(ticketId)).toContain(`canceled: ${reason}`);
  }
  await desk.csat.updateSettings("desk", { sendDelay: "immediately" });
});

test("many tickets are solved in one transaction, and one without an address stops no other", async () => {
  // S14, S15
  const [silent, heard] = [await desk.openTicket(null), await desk.openTicket("bulk@customer.example")];
  await desk.ask("bob", "/tickets/solve", { ticketIds: [silent, heard, heard] });
  await linkOf("bulk@customer.example", 5);
  await expect.poll(() => decisionsOn(silent)).toContain("skipped: no_customer_email");
  await expect.poll(() => panelOf(heard)).toMatchObject({ state: "awaiting" });
});

test("the helpdesk's schema is as it was: nothing of ours stands in it", async () => {
  const rows = await sql<{ name: string }>`select table_name as name from information_schema.tables
    where table_schema = 'public' order by 1`.execute(desk.helpdesk.database);
  expect(rows.rows.map(({ name }) => name)).toEqual([
    "customers",
    "kysely_migration",
    "kysely_migration_lock",
    "ticket_history",
    "tickets",
    "users",
  ]);
});

test("the glue is one file, and the rest of the helpdesk does not know it", () => {
  const source = (path: string) => readFileSync(join(import.meta.dirname, "..", path), "utf8");
  for (const name of [
    "helpdesk",
    "migrate",
    "routes",
    "tables",
    "ticket-changes",
    "ticket-details",
    "users",
  ]) {
    expect(source(`helpdesk/${name}.ts`)).not.toMatch(/csat|survey/i);
  }
});
