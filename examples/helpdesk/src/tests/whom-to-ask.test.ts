import { afterAll, beforeAll, expect, test } from "vitest";
import { aHelpdesk } from "./a-helpdesk.ts";

let helpdesk: Awaited<ReturnType<typeof aHelpdesk>>;
beforeAll(async () => {
  helpdesk = await aHelpdesk();
});
afterAll(() => helpdesk.close());

/** What became of tickets that were not asked about in the last week, by reason. */
async function notAsked(): Promise<readonly { readonly reason: string; readonly count: number }[]> {
  const { text } = await helpdesk.call("/csat/api/analytics?days=7");
  return JSON.parse(text).notAsked.byReason;
}

// S61
test("of a flood of twenty tickets one mail goes out while customers have a rest, and nineteen say why not", async () => {
  await helpdesk.settings({ cooldownDays: 30 });
  const flood = await helpdesk.call("/tickets/flood", { method: "POST" });
  expect(flood.status).toBe(303);
  await helpdesk.advance({ hours: 25 });
  expect(await helpdesk.mailsTo("rosa.flood@customers.example")).toHaveLength(1);
  expect(await notAsked()).toEqual([{ reason: "asked_recently", count: 19 }]);
});

// S60
test("a customer with two addresses and one id is one customer", async () => {
  await helpdesk.settings({ cooldownDays: 30 });
  const asked = [];
  for (const email of ["kim@customers.example", "kim@work.example"]) {
    const customer = { name: "Kim", email, id: "C-9" };
    const { json } = await helpdesk.call("/api/tickets", { body: { subject: "Printer", customer } });
    await helpdesk.resolve(String(json.id));
    await helpdesk.advance({ hours: 25 });
    asked.push((await helpdesk.mailsTo(email)).length);
  }
  expect(asked).toEqual([1, 0]);
});

// S64
test("a resolution that says so asks nobody", async () => {
  const { id, email } = await helpdesk.ticket();
  await helpdesk.call(`/api/tickets/${id}/resolve`, { body: { note: "Spam.", ask: false } });
  await helpdesk.advance({ hours: 25 });
  expect(await helpdesk.mailsTo(email)).toEqual([]);
  expect((await helpdesk.journal(id)).join()).toContain("left_out");
});

// S61
test("a history that is seeded while customers have a rest has some who were not asked again", async () => {
  await helpdesk.settings({ cooldownDays: 30 });
  const recently = async () =>
    (await notAsked()).find(({ reason }) => reason === "asked_recently")?.count ?? 0;
  const before = await recently();
  const { json: made } = await helpdesk.call("/api/seed", { body: { tickets: 200, days: 7, seed: 3 } });
  const rested = (await recently()) - before;
  expect(rested).toBeGreaterThan(20);
  // Each of the two hundred tickets is asked about or not, once.
  expect(Number(made.sent) + rested).toBeLessThanOrEqual(200);
});
