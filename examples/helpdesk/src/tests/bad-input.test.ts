import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aHelpdesk } from "./a-helpdesk.ts";

let helpdesk: Awaited<ReturnType<typeof aHelpdesk>>;
beforeAll(async () => {
  helpdesk = await aHelpdesk();
});
afterAll(() => helpdesk.close());

const customer = { name: null, email: null };
const year = 365 * 86_400_000;

describe("is refused with 400, a code and a sentence", () => {
  test.each<[method: string, path: string, body: unknown]>([
    ["POST", "/api/tickets", {}],
    ["POST", "/api/tickets", ""],
    ["POST", "/api/tickets", "{"],
    ["POST", "/api/tickets", "null"],
    ["POST", "/api/tickets", []],
    ["POST", "/api/tickets", { subject: 5, customer }],
    ["POST", "/api/tickets", { subject: " ", customer }],
    ["POST", "/api/tickets", { subject: "x".repeat(5_001), customer }],
    ["POST", "/api/tickets", { subject: "a\u0000b", customer }],
    ["POST", "/api/tickets", { subject: "x" }],
    ["POST", "/api/tickets", { subject: "x", customer: null }],
    ["POST", "/api/tickets", { subject: "x", customer: "maya" }],
    ["POST", "/api/tickets", { subject: "x", customer: { name: 5, email: null } }],
    ["POST", "/api/tickets", { subject: "x", customer: { name: null, email: ["a@b.example"] } }],
    ["POST", "/api/tickets", { subject: "x", customer: { name: null, email: "a\u0000@b.example" } }],
    ["POST", "/api/tickets", { subject: "x", customer, assigneeId: "zoe" }],
    ["POST", "/api/tickets", { subject: "x", customer, assigneeId: "" }],
    ["PATCH", "/api/tickets/T-1", {}],
    ["PATCH", "/api/tickets/T-1", { status: "done" }],
    ["PATCH", "/api/tickets/T-1", { status: null }],
    ["PATCH", "/api/tickets/T-1", { assigneeId: "nobody" }],
    ["PATCH", "/api/tickets/T-1", { assigneeId: 5 }],
    ["PATCH", "/api/tickets/T-1", { assigneeId: "constructor" }],
    ["POST", "/api/tickets/T-1/resolve", { note: 5 }],
    ["POST", "/api/tickets/T-1/resolve", "note"],
    ["POST", "/api/tickets/T-1/merge", {}],
    ["POST", "/api/tickets/T-1/merge", { into: null }],
    ["POST", "/api/tickets/T-1/merge", { into: "T-1" }],
    ["POST", "/api/tickets/bulk-resolve", {}],
    ["POST", "/api/tickets/bulk-resolve", { ids: "T-1" }],
    ["POST", "/api/tickets/bulk-resolve", { ids: { 0: "T-1" } }],
    ["POST", "/api/tickets/bulk-resolve", { ids: Array.from({ length: 1_001 }, () => "T-1") }],
    ["POST", "/api/tickets/auto-close", ["T-1"]],
    ["POST", "/api/clock/advance", {}],
    ["POST", "/api/clock/advance", { ms: -1 }],
    ["POST", "/api/clock/advance", { ms: 0.5 }],
    ["POST", "/api/clock/advance", { ms: "1000" }],
    ["POST", "/api/clock/advance", { ms: 11 * year }],
    ["POST", "/api/clock/advance", { ms: 1e308 }],
  ])("%s %s %j", async (method, path, body) => {
    const { status, json, text } = await helpdesk.call(path, { method, body });
    expect(status).toBe(400);
    expect(json).toEqual({ error: { code: "invalid_input", message: expect.stringMatching(/./) } });
    expect(text).not.toMatch(/\bat .*:\d+:\d+/);
  });
});

test.each([
  ["GET", "/api/tickets/T-999999"],
  ["GET", "/api/tickets/%00"],
  ["GET", "/api/tickets/%E0%A4%A"],
  ["GET", "/api/tickets/T-1%27;--"],
  ["PATCH", "/api/tickets/T-999999"],
  ["POST", "/api/tickets/T-999999/resolve"],
  ["POST", "/api/tickets/%00/resolve"],
  ["POST", "/api/tickets/T-999999/merge"],
  ["GET", "/api/nothing"],
  ["DELETE", "/api/tickets/T-1"],
])("%s %s is not found", async (method, path) => {
  const body = { status: "open", note: "x", into: "T-1" };
  const { status, json } = await helpdesk.call(path, { method, ...(method === "GET" ? {} : { body }) });
  expect(status).toBe(404);
  expect(json).toEqual({ error: { code: expect.stringMatching(/not_found$/), message: expect.any(String) } });
});

test("a merge into a ticket that does not exist is not found and changes nothing", async () => {
  const { id } = await helpdesk.ticket();
  const answer = await helpdesk.call(`/api/tickets/${id}/merge`, { body: { into: "T-999999" } });
  expect(answer.status).toBe(404);
  expect((await helpdesk.call(`/api/tickets/${id}`)).json.status).toBe("open");
});

test.each(["/api/tickets", "/api/tickets/bulk-resolve", "/tickets", "/session", "/csat/api/settings"])(
  "a body of more than 64 KiB at %s is too large",
  async (path) => {
    const body = JSON.stringify({ note: "x".repeat(64 * 1024) });
    expect((await helpdesk.call(path, { body })).status).toBe(413);
  },
);

test("a customer's name and address may be any text, or missing", async () => {
  const given = { name: "  Łukasz 🦊 \r\n<script>", email: "not an address @@ <b>\t" };
  const { json } = await helpdesk.call("/api/tickets", { body: { subject: "💥", customer: given } });
  expect(json).toMatchObject({ subject: "💥", status: "open", customer: given, assigneeId: null });
  const stored = await helpdesk.call(`/api/tickets/${json.id}`);
  expect(stored.json).toEqual(json);
  const bare = await helpdesk.call("/api/tickets", { body: { subject: "x", customer: {} } });
  expect(bare.json.customer).toEqual({ name: null, email: null });
});
