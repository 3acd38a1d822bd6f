import { afterAll, beforeAll, expect, test } from "vitest";
import { aHelpdesk } from "./a-helpdesk.ts";

let helpdesk: Awaited<ReturnType<typeof aHelpdesk>>;
beforeAll(async () => {
  helpdesk = await aHelpdesk();
});
afterAll(() => helpdesk.close());

const mailCount = async (address: string) => (await helpdesk.mailsTo(address)).length;

// S1
test("resolving a resolved ticket again does not restart the delay", async () => {
  await helpdesk.settings({ enabled: true, sendDelay: "1_hour" });
  const ticket = await helpdesk.ticket();
  await helpdesk.resolve(ticket.id);
  await helpdesk.advance({ minutes: 40 });
  await helpdesk.setStatus(ticket.id, "resolved");
  await helpdesk.resolve(ticket.id);
  await helpdesk.call("/api/tickets/bulk-resolve", { body: { ids: [ticket.id] } });
  await helpdesk.advance({ minutes: 21 });
  expect(await mailCount(ticket.email)).toBe(1);
  expect((await helpdesk.journal(ticket.id)).filter((entry) => entry === "resolved")).toHaveLength(1);
});

// S2
test.each([
  ["a note", (id: string) => helpdesk.resolve(id, "bob")],
  ["the status picker", (id: string) => helpdesk.setStatus(id, "resolved", "bob")],
  [
    "bulk resolve",
    (id: string) => helpdesk.call("/api/tickets/bulk-resolve", { body: { ids: [id] }, user: "bob" }),
  ],
])("resolving with %s schedules a survey by its actor, an hour later", async (_, resolve) => {
  await helpdesk.settings({ enabled: true, sendDelay: "1_hour" });
  const ticket = await helpdesk.ticket();
  await resolve(ticket.id);
  expect(await helpdesk.journal(ticket.id)).toEqual(["resolved", "scheduled"]);
  const { text } = await helpdesk.call(`/csat/api/tickets/${ticket.id}/explain`);
  const [resolved]: readonly { at: string; actorId: string }[] = JSON.parse(text);
  expect(resolved?.actorId).toBe("bob");
  const dueAt = new Date(Date.parse(resolved?.at ?? "") + 3_600_000).toISOString();
  expect(await helpdesk.panel(ticket.id)).toEqual({ state: "scheduled", dueAt });
});

// S3
test.each([
  ["closed by hand", (id: string) => helpdesk.setStatus(id, "closed"), "canceled:closed"],
  [
    "closed automatically",
    (id: string) => helpdesk.call("/api/tickets/auto-close", { body: { ids: [id] } }),
    "canceled:closed",
  ],
  [
    "merged",
    async (id: string) => {
      const { id: into } = await helpdesk.ticket();
      await helpdesk.call(`/api/tickets/${id}/merge`, { body: { into } });
    },
    "canceled:merged",
  ],
  ["reopened", (id: string) => helpdesk.setStatus(id, "open"), "canceled:reopened"],
])("a ticket that is %s before the due time gets no mail", async (_, leave, entry) => {
  await helpdesk.settings({ enabled: true, sendDelay: "1_hour" });
  const ticket = await helpdesk.ticket();
  await helpdesk.resolve(ticket.id);
  await leave(ticket.id);
  await helpdesk.advance({ hours: 3 });
  expect(await mailCount(ticket.email)).toBe(0);
  expect(await helpdesk.journal(ticket.id)).toContain(entry);
});

// S3
test("auto-close leaves open tickets open and asks nobody", async () => {
  await helpdesk.settings({ enabled: true, sendDelay: "immediately" });
  const ticket = await helpdesk.ticket();
  const { json } = await helpdesk.call("/api/tickets/auto-close", { body: { ids: [ticket.id] } });
  expect(json).toEqual({ results: [{ id: ticket.id, outcome: "not_resolved", survey: null }] });
  await helpdesk.advance({ hours: 1 });
  expect((await helpdesk.call(`/api/tickets/${ticket.id}`)).json.status).toBe("open");
  expect(await mailCount(ticket.email)).toBe(0);
});

// S4
test("a ticket is surveyed once in its life, however often it is resolved", async () => {
  await helpdesk.settings({ enabled: true, sendDelay: "1_hour" });
  const ticket = await helpdesk.ticket();
  for (let round = 0; round < 2; round++) {
    await helpdesk.resolve(ticket.id);
    await helpdesk.setStatus(ticket.id, "open");
  }
  await helpdesk.resolve(ticket.id);
  await helpdesk.advance({ hours: 1, minutes: 1 });
  expect(await mailCount(ticket.email)).toBe(1);
  await helpdesk.setStatus(ticket.id, "open");
  expect((await helpdesk.resolve(ticket.id)).survey).toEqual({
    kind: "not_surveyed",
    reason: "already_surveyed",
  });
  await helpdesk.advance({ days: 4 });
  expect(await mailCount(ticket.email)).toBe(1);
});

// S5
test("a new resolution restarts the full delay", async () => {
  await helpdesk.settings({ enabled: true, sendDelay: "1_hour" });
  const ticket = await helpdesk.ticket();
  await helpdesk.resolve(ticket.id);
  await helpdesk.advance({ minutes: 10 });
  await helpdesk.setStatus(ticket.id, "open");
  await helpdesk.advance({ minutes: 10 });
  await helpdesk.resolve(ticket.id);
  await helpdesk.advance({ minutes: 41 });
  expect(await mailCount(ticket.email)).toBe(0);
  await helpdesk.advance({ minutes: 20 });
  expect(await mailCount(ticket.email)).toBe(1);
});

// S5
test("moves within a millisecond stay in their order", async () => {
  await helpdesk.settings({ enabled: true, sendDelay: "1_hour" });
  const ticket = await helpdesk.ticket();
  for (const status of ["resolved", "open", "resolved", "closed", "resolved"]) {
    await helpdesk.setStatus(ticket.id, status);
  }
  await helpdesk.advance({ hours: 2 });
  expect(await mailCount(ticket.email)).toBe(1);
});

// S7
test("surveys switched off and on again before the due time go out", async () => {
  await helpdesk.settings({ enabled: true, sendDelay: "1_hour" });
  const ticket = await helpdesk.ticket();
  await helpdesk.resolve(ticket.id);
  await helpdesk.settings({ enabled: false });
  await helpdesk.settings({ enabled: true });
  await helpdesk.advance({ hours: 2 });
  expect(await mailCount(ticket.email)).toBe(1);
});

// S6
test("surveys switched off at the due time do not go out, and the journal says why", async () => {
  await helpdesk.settings({ enabled: true, sendDelay: "1_hour" });
  const ticket = await helpdesk.ticket();
  await helpdesk.resolve(ticket.id);
  await helpdesk.settings({ enabled: false });
  await helpdesk.advance({ hours: 2 });
  expect(await mailCount(ticket.email)).toBe(0);
  expect(await helpdesk.journal(ticket.id)).toContain("skipped:csat_disabled");
});

// S7
test("a resolution while surveys are off is not surveyed later", async () => {
  await helpdesk.settings({ enabled: false, sendDelay: "1_hour" });
  const ticket = await helpdesk.ticket();
  await helpdesk.resolve(ticket.id);
  await helpdesk.settings({ enabled: true });
  await helpdesk.advance({ days: 4 });
  expect(await mailCount(ticket.email)).toBe(0);
});

// S14
test.each([null, "", "   ", "nobody", "a@b.example, c@d.example", "a@b.example\r\nBcc: c@d.example"])(
  "a customer with the address %j is passed over and the resolution stands",
  async (email) => {
    await helpdesk.settings({ enabled: true, sendDelay: "immediately" });
    const ticket = await helpdesk.ticket({ email });
    expect((await helpdesk.resolve(ticket.id)).status).toBe("resolved");
    await helpdesk.advance({ hours: 1 });
    expect(await mailCount(ticket.email)).toBe(0);
    expect((await helpdesk.journal(ticket.id)).join()).toContain("no_customer_email");
  },
);

// S15
test("bulk resolve says per id what happened, and one bad id does not stop the rest", async () => {
  await helpdesk.settings({ enabled: true, sendDelay: "1_hour" });
  const [one, two] = [await helpdesk.ticket(), await helpdesk.ticket()];
  await helpdesk.resolve(two.id);
  const ids = [one.id, two.id, "T-999999", one.id, "T-\u0000", 5, null];
  const { status, json } = await helpdesk.call("/api/tickets/bulk-resolve", { body: { ids } });
  expect(status).toBe(200);
  const unknown = { outcome: "not_found", survey: null };
  expect(json.results).toEqual([
    { id: one.id, outcome: "resolved", survey: { kind: "scheduled", dueAt: expect.any(String) } },
    { id: two.id, outcome: "already_resolved", survey: null },
    { id: "T-999999", ...unknown },
    { id: one.id, outcome: "duplicate", survey: null },
    { id: "T-\u0000", ...unknown },
    { id: 5, ...unknown },
    { id: null, ...unknown },
  ]);
  await helpdesk.advance({ hours: 2 });
  expect(await mailCount(one.email)).toBe(1);
  expect(await mailCount(two.email)).toBe(1);
});

// S1
test("of many callers who resolve one ticket at once, one raises the event", async () => {
  await helpdesk.settings({ enabled: true, sendDelay: "1_hour" });
  const ticket = await helpdesk.ticket();
  await Promise.all(Array.from({ length: 20 }, () => helpdesk.resolve(ticket.id)));
  expect(await helpdesk.journal(ticket.id)).toEqual(["resolved", "scheduled"]);
});
