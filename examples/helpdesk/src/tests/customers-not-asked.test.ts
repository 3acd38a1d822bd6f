import { afterAll, beforeAll, expect, test } from "vitest";
import { aHelpdesk } from "./a-helpdesk.ts";

let helpdesk: Awaited<ReturnType<typeof aHelpdesk>>;
beforeAll(async () => {
  helpdesk = await aHelpdesk({ database: { kind: "memory" } });
});
afterAll(() => helpdesk.close());

const browser = { accept: "text/html" };

async function resolved(email: string): Promise<string> {
  const { id } = await helpdesk.ticket({ email });
  await helpdesk.resolve(id);
  await helpdesk.advance({ hours: 25 });
  return id;
}

async function standing(address: string): Promise<readonly string[]> {
  const { json } = await helpdesk.call("/csat/api/customers/lookup", { body: { address } });
  const { suppressions }: { readonly suppressions: readonly { readonly reason: string }[] } = JSON.parse(
    JSON.stringify(json),
  );
  return suppressions.map(({ reason }) => reason);
}

// S73, S74
test("a mail that comes back makes its survey one that could not be delivered, and its address is not asked again", async () => {
  const email = "bounce.maya@customers.example";
  const id = await resolved(email);
  // The report travels by SMTP, after the mail was taken.
  await expect.poll(() => helpdesk.panel(id)).toMatchObject({ state: "failed", reason: "bounced" });
  expect(await helpdesk.mailsTo(email)).toHaveLength(1);
  expect(await helpdesk.mailsTo("csat@helpdesk.example")).toEqual([]);
  // The report may be quicker than the note that the mail was taken.
  expect((await helpdesk.journal(id)).filter((line) => line.startsWith("bounced"))).toEqual([
    "bounced:5.1.1",
  ]);
  const page = await helpdesk.call(`/tickets/${id}`);
  expect(page.text).toContain("Survey could not be delivered");
  expect(await standing(email)).toEqual(["bounced"]);
  const { json } = await helpdesk.call("/csat/api/analytics?days=7");
  expect(json.current?.sent).toBe(0);

  const next = await resolved(email);
  expect(await helpdesk.journal(next)).toContain("skipped:bounced");
  expect(await helpdesk.mailsTo(email)).toHaveLength(1);
});

// S70, S71, S72, S74
test("the quiet link of a mail opts out, and an admin lifts that only with the day of consent", async () => {
  const email = "ada@customers.example";
  await resolved(email);
  const [mail] = await helpdesk.mailsTo(email);
  const link = mail?.text.match(/https?:\/\/\S+\/o\/\S+/)?.[0] ?? "";
  expect((await helpdesk.call(link, { headers: browser })).status).toBe(200);
  expect(await standing(email)).toEqual([]);
  const body = new URLSearchParams({ action: "opt_out" });
  expect((await helpdesk.call(link, { headers: browser, body })).status).toBe(200);
  expect(await standing(email)).toEqual(["opted_out"]);
  expect(await helpdesk.journal(await resolved(email))).toContain("skipped:opted_out");

  const lift = (fields: object) =>
    helpdesk.call("/csat/api/customers/lift", { body: { address: email, reason: "opted_out", ...fields } });
  expect((await lift({})).status).toBe(400);
  expect((await lift({ consentGivenAt: "2020-01-31" })).json).toEqual({ kind: "lifted" });
  expect(await standing(email)).toEqual([]);
  await resolved(email);
  expect(await helpdesk.mailsTo(email)).toHaveLength(2);
});

// S51, S74
test("the page stands under Settings, for owners and admins alone, and shows no address", async () => {
  await helpdesk.call("/csat/api/customers/suppress", { body: { address: "zed@customers.example" } });
  const page = await helpdesk.call("/settings/customers", { headers: browser, user: "adam" });
  expect([page.status, page.text.includes("zed")]).toEqual([200, false]);
  expect(page.text).toContain("Customers whom we do not ask");
  expect(page.text).toContain("somebody decided that this customer is not asked");
  expect((await helpdesk.call("/settings/csat", { headers: browser })).text).toContain(
    "/csat/api/customers/suppressed",
  );
  for (const path of ["/settings/customers", "/csat/api/customers/suppressed"])
    expect((await helpdesk.call(path, { user: "bob" })).status).toBe(403);
  expect((await helpdesk.call("/csat/api/customers/suppressed", { user: "nobody" })).status).toBe(401);
});

// S74
test("without script: look up, do not ask, and lift, by forms that lead back to the page", async () => {
  const form = async (path: string, fields: Readonly<Record<string, string>>) =>
    await helpdesk.call(`/csat/api/customers/${path}`, {
      headers: { ...browser, origin: helpdesk.origin, "sec-fetch-site": "same-origin" },
      body: new URLSearchParams({ ...fields, return: "/settings/customers" }),
    });
  const who = { address: "yan@customers.example", id: "" };
  expect((await form("lookup", who)).text).toContain("Nothing: this customer may be asked.");
  const suppressed = await form("suppress", who);
  expect([suppressed.status, suppressed.headers.get("location")]).toEqual([303, "/settings/customers"]);
  expect((await form("lookup", who)).text).toContain("somebody decided that this customer is not asked");
  expect((await form("lift", { ...who, reason: "by_hand" })).status).toBe(303);
  expect(await standing(who.address)).toEqual([]);
});
