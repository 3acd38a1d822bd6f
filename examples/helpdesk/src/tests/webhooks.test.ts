import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aHelpdesk, linkOf } from "./a-helpdesk.ts";

let helpdesk: Awaited<ReturnType<typeof aHelpdesk>>;
beforeAll(async () => {
  helpdesk = await aHelpdesk({ database: { kind: "memory" } });
  await helpdesk.settings({ sendDelay: "1_hour" });
});
afterAll(() => helpdesk.close());

/** A delivery of `GET /api/webhooks/received`. */
interface Received {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: { readonly id: string; readonly type: string; readonly data: { readonly ticketId: string } };
  readonly verified: boolean;
  readonly answered: number | null;
}

/** A ticket whose customer answered with `rating`. */
async function answered(rating: number, comment?: string): Promise<string> {
  const { id, email } = await helpdesk.ticket();
  await helpdesk.resolve(id);
  await helpdesk.advance({ hours: 2 });
  const [mail] = await helpdesk.mailsTo(email);
  const body = { rating, ...(comment === undefined ? {} : { comment }) };
  expect((await helpdesk.call(linkOf(mail, rating), { body })).status).toBe(201);
  return id;
}

async function receivedFor(ticketId: string, user = "olivia"): Promise<readonly Received[]> {
  const { text } = await helpdesk.call("/api/webhooks/received", { user });
  const all: readonly Received[] = JSON.parse(text);
  return all.filter(({ body }) => body.data.ticketId === ticketId);
}

const form = { "content-type": "application/x-www-form-urlencoded" };
const receiver = (mode: string) =>
  helpdesk.call("/webhooks/receiver", { headers: form, body: new URLSearchParams({ mode }) });

test("an answer reaches the receiver once, signed, and is shown on the page", async () => {
  // S52, S53, S54
  const ticketId = await answered(4, "Thanks");
  await helpdesk.advance({ minutes: 1 });
  const [first, ...others] = await receivedFor(ticketId);
  expect(others).toEqual([]);
  expect(first).toMatchObject({
    verified: true,
    answered: 204,
    headers: { "webhook-id": first?.body.id, "content-type": "application/json" },
    body: {
      type: "ticket.csat_received",
      workspaceId: "acme",
      data: { ticketId, rating: 4, comment: "Thanks" },
    },
  });
  expect(Object.keys(first?.body.data ?? {})).toEqual(["ticketId", "rating", "comment", "respondedAt"]);
  const page = await helpdesk.call("/webhooks");
  expect(page.text).toContain(`<bdi>${first?.body.id}</bdi>`);
  expect(page.text).toContain("<td>verified</td>");
});

test("a receiver that is down is tried again, given up after six attempts, and reached by a replay under the same id", async () => {
  // S52, S54
  await receiver("failing");
  const ticketId = await answered(2);
  await helpdesk.advance({ minutes: 0 });
  expect((await helpdesk.call("/webhooks")).text).toContain("<bdi>HTTP 500</bdi>");
  for (let retry = 0; retry < 6; retry++) await helpdesk.advance({ hours: 7 });
  expect((await receivedFor(ticketId)).length).toBe(6);

  await receiver("well");
  const [event] = await receivedFor(ticketId);
  const action = `/csat/api/webhooks/${event?.body.id}/replay`;
  expect((await helpdesk.call("/webhooks")).text).toContain(`action="${action}"`);
  expect((await helpdesk.call(action, { method: "POST", user: "bob" })).status).toBe(403);
  expect((await helpdesk.call(action, { method: "POST", user: "zoe" })).status).toBe(404);
  const replay = { headers: form, body: new URLSearchParams({ return: "/webhooks?replayed=1" }) };
  expect((await helpdesk.call(action, replay)).status).toBe(303);
  expect((await helpdesk.call("/webhooks?replayed=1")).text).toContain("on its way again");
  await helpdesk.advance({ minutes: 0 });
  const tries = await receivedFor(ticketId);
  expect(tries.map((one) => one.answered)).toEqual([500, 500, 500, 500, 500, 500, 204]);
  expect(new Set(tries.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
  expect(tries.every(({ verified }) => verified)).toBe(true);
});

test("a receiver that answers 410 gets nothing more until it is subscribed again", async () => {
  await receiver("gone");
  const first = await answered(5);
  await helpdesk.advance({ minutes: 1 });
  expect((await receivedFor(first)).map((one) => one.answered)).toEqual([410]);
  const second = await answered(5);
  await helpdesk.advance({ hours: 12 });
  expect([(await receivedFor(first)).length, (await receivedFor(second)).length]).toEqual([1, 0]);
  expect((await helpdesk.call("/webhooks")).text).toContain("subscribe again");
  await receiver("well");
  const third = await answered(5);
  await helpdesk.advance({ minutes: 1 });
  expect((await receivedFor(third)).map((one) => one.answered)).toEqual([204]);
});

test("a test event is delivered at once", async () => {
  const tested = await helpdesk.call("/csat/api/webhooks/test", {
    method: "POST",
    headers: { accept: "text/html" },
  });
  expect(tested.text).toContain("The endpoint took the event.");
  const [event] = await receivedFor("test");
  expect(event).toMatchObject({ verified: true, body: { type: "csat.test" } });
});

describe("webhooks", () => {
  // S51
  test.each([
    ["olivia", 200],
    ["adam", 200],
    ["bob", 403],
    ["mallory", 401],
  ])("%s gets %i for them", async (user, status) => {
    for (const path of ["/webhooks", "/api/webhooks/received"]) {
      expect((await helpdesk.call(path, { user })).status).toBe(status);
    }
  });

  // S49
  test("of another workspace are not shown", async () => {
    expect((await helpdesk.call("/api/webhooks/received", { user: "zoe" })).text).toBe("[]");
    expect((await helpdesk.call("/webhooks", { user: "zoe" })).text).toContain("Nothing yet.");
  });
});
