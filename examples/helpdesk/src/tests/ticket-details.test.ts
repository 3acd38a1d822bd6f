import { afterAll, beforeAll, expect, test } from "vitest";
import { aHelpdesk } from "./a-helpdesk.ts";

let helpdesk: Awaited<ReturnType<typeof aHelpdesk>>;
beforeAll(async () => {
  helpdesk = await aHelpdesk();
  await helpdesk.settings({ enabled: true, sendDelay: "1_hour" });
});
afterAll(() => helpdesk.close());

async function opened(body: object): Promise<{ readonly id: string }> {
  const { status, text } = await helpdesk.call("/api/tickets", { body: { subject: "Printer", ...body } });
  expect(status).toBe(201);
  return JSON.parse(text);
}

const read = async (id: string) => JSON.parse((await helpdesk.call(`/api/tickets/${id}`)).text);

test("what a ticket says of its customer and itself is kept, and given back as it was given", async () => {
  const customer = {
    name: "Maya",
    email: "maya@customers.example",
    id: "C-7",
    timeZone: "Asia/Tokyo",
    channel: "chat",
    address: "+81 3 1234",
  };
  const attributes = { team: "billing", tags: ["vip", "late"], reopened: 2, solved_by_bot: false };
  const ticket = await opened({ customer, attributes });
  expect(ticket).toEqual({
    id: ticket.id,
    status: "open",
    subject: "Printer",
    customer,
    assigneeId: null,
    attributes,
  });
  expect(await read(ticket.id)).toEqual(ticket);
  await helpdesk.call(`/api/tickets/${ticket.id}/resolve`, { body: { note: "Done.", ask: false } });
  expect(await read(ticket.id)).toEqual({ ...ticket, status: "resolved", ask: false });
});

test("without them a ticket looks as it always did", async () => {
  const customer = { name: null, email: "ann@customers.example" };
  const { id } = await opened({ customer: { ...customer, id: null, channel: null }, attributes: null });
  expect(await read(id)).toEqual({ id, status: "open", subject: "Printer", customer, assigneeId: null });
});

// S80
test("a ticket of another channel than mail is skipped, and says why", async () => {
  const customer = { name: "Kim", email: "kim@customers.example", channel: "whatsapp", address: "+49 151 1" };
  const { id } = await opened({ customer });
  await helpdesk.resolve(id);
  await helpdesk.advance({ minutes: 61 });
  expect(await helpdesk.mailsTo("kim@customers.example")).toEqual([]);
  expect((await helpdesk.journal(id)).at(-1)).toBe("skipped:no_channel");
});

test.each([
  { customer: { name: null, email: null, id: 7 } },
  { customer: { name: null, email: null, timeZone: "a\u0000" } },
  { customer: { name: null, email: null, channel: ["chat"] } },
  { customer: { name: null, email: null }, attributes: ["vip"] },
  { customer: { name: null, email: null }, attributes: { team: { name: "billing" } } },
])("what cannot be kept is refused: %j", async (body) => {
  const { status } = await helpdesk.call("/api/tickets", { body: { subject: "Printer", ...body } });
  expect(status).toBe(400);
});
