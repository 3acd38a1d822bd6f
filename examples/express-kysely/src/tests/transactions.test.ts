import { drizzle } from "drizzle-orm/node-postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { changeStatus } from "../helpdesk/ticket-changes.ts";
import { aDesk } from "./a-desk.ts";

let desk: Awaited<ReturnType<typeof aDesk>>;
beforeAll(async () => {
  desk = await aDesk();
  await desk.csat.updateSettings("desk", { sendDelay: "24_hours" });
});
afterAll(() => desk.close());

const stateOf = async (ticketId: string) =>
  (await desk.csat.getTicketPanel({ workspaceId: "desk", ticketId })).state;

test.each(["commit", "rollback"] as const)("a client of node-postgres is joined: %s", async (end) => {
  // S57
  const ticketId = await desk.openTicket();
  const client = await desk.helpdesk.pool.connect();
  await client.query("begin isolation level serializable");
  const event = { workspaceId: "desk", ticketId, actorId: desk.bob.id, resolvedAt: new Date() };
  expect(await desk.csat.ticketResolved(event, { tx: drizzle(client) })).toMatchObject({ kind: "scheduled" });
  expect(await stateOf(ticketId)).toBe("none");
  await client.query(end);
  client.release();
  expect(await stateOf(ticketId)).toBe(end === "commit" ? "scheduled" : "none");
});

test("a statement of ours that Postgres refuses ends the helpdesk's transaction too", async () => {
  // S57
  const ticketId = await desk.openTicket();
  const { database, listeners } = desk.helpdesk;
  const order = { ticketIds: [ticketId], to: "solved", userId: desk.bob.id } as const;
  // The session of this transaction sees no table of ours, as after a migration that was forgotten.
  const unmigrated: (typeof listeners)[number] = async (_, transaction) => {
    await transaction.schema.dropSchema("csat").cascade().execute();
    return undefined;
  };
  await expect(changeStatus(database, [unmigrated, ...listeners], order)).rejects.toMatchObject({
    code: "storage_failed",
    message: expect.stringContaining("Run migrate(db)"),
    cause: expect.objectContaining({ code: "42P01" }),
  });
  const { body } = await desk.ask("bob", `/tickets/${ticketId}`);
  expect(body).toMatchObject({ status: "new" });
  await changeStatus(database, listeners, order);
  expect(await stateOf(ticketId)).toBe("scheduled");
});
