import { afterAll, beforeAll, expect, test } from "vitest";
import { aHelpdesk } from "./a-helpdesk.ts";

let helpdesk: Awaited<ReturnType<typeof aHelpdesk>>;
beforeAll(async () => {
  helpdesk = await aHelpdesk();
});
afterAll(() => helpdesk.close());

const hostile = `<script>alert("1")</script>&amp;'`;
const post = (path: string, fields: Record<string, string> | [string, string][]) =>
  helpdesk.call(path, { body: new URLSearchParams(fields), headers: { accept: "text/html" } });

test("every page is HTML that loads and runs nothing but its own files", async () => {
  const ticket = await helpdesk.ticket();
  await helpdesk.resolve(ticket.id);
  await helpdesk.advance({ hours: 25 });
  for (const path of [
    "/",
    "/?status=all",
    "/tickets/new",
    `/tickets/${ticket.id}`,
    "/inbox",
    "/inbox/1",
    "/settings/csat",
    "/webhooks",
  ]) {
    const page = await helpdesk.call(path);
    expect(page.status, path).toBe(200);
    expect(page.headers.get("content-type"), path).toMatch(/^text\/html/);
    const policy = page.headers.get("content-security-policy") ?? "";
    expect(policy, path).toContain("default-src 'none'");
    expect(policy, path).not.toContain("unsafe");
    expect(page.text, path).not.toMatch(/ style=| on\w+=|(?:src|href)="(?:https?:)?\/\//);
  }
});

test("pages find their style sheets and their script", async () => {
  const { text } = await helpdesk.call("/");
  const files = [...text.matchAll(/"(\/assets\/[^"]+)"/g)].map(([, path]) => path ?? "");
  expect(files.length).toBeGreaterThan(2);
  for (const path of files) expect((await helpdesk.call(path)).status, path).toBe(200);
});

test("what outsiders wrote is text on every page", async () => {
  const email = `${hostile}@customers.example`;
  const { id } = await helpdesk.ticket({ subject: hostile, name: hostile, email });
  await helpdesk.call(`/api/tickets/${id}/resolve`, { body: { note: hostile } });
  for (const path of [`/tickets/${id}`, "/?status=all"]) {
    const { text } = await helpdesk.call(path);
    expect(text, path).toContain("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;amp;&#39;");
    expect(text, path).not.toContain("<script>alert");
  }
});

test("the form for new tickets opens one and leads to it", async () => {
  const opened = await post("/tickets", { subject: "By hand", name: "", email: " kim@customers.example " });
  expect(opened.status).toBe(303);
  const [, id] = /^\/tickets\/(T-\d+)\?done=opened$/.exec(opened.headers.get("location") ?? "") ?? [];
  expect((await helpdesk.call(`/api/tickets/${id}`)).json).toMatchObject({
    subject: "By hand",
    customer: { name: null, email: "kim@customers.example" },
  });
  expect((await helpdesk.call(opened.headers.get("location") ?? "")).text).toContain("The ticket is open.");
});

test("the ticket page's forms resolve, set the status and assign", async () => {
  const { id } = await helpdesk.ticket();
  expect((await post(`/tickets/${id}/resolve`, { note: "Line 1\r\nLine 2" })).status).toBe(303);
  expect((await helpdesk.call(`/tickets/${id}`)).text).toContain("Line 1\nLine 2");
  expect((await helpdesk.panel(id)).state).toBe("scheduled");
  await post(`/tickets/${id}`, { assigneeId: "bob" });
  await post(`/tickets/${id}`, { status: "open" });
  expect((await helpdesk.call(`/api/tickets/${id}`)).json).toMatchObject({
    status: "open",
    assigneeId: "bob",
  });
  await post(`/tickets/${id}`, { assigneeId: "" });
  expect((await helpdesk.call(`/api/tickets/${id}`)).json.assigneeId).toBe(null);
  expect(await helpdesk.journal(id)).toContain("canceled:reopened");
});

test("the list's form resolves the chosen tickets, one or many or none", async () => {
  const [one, two, three] = [await helpdesk.ticket(), await helpdesk.ticket(), await helpdesk.ticket()];
  expect(
    (
      await post("/tickets/bulk-resolve", [
        ["ids", one.id],
        ["ids", two.id],
      ])
    ).status,
  ).toBe(303);
  expect((await post("/tickets/bulk-resolve", { ids: three.id })).status).toBe(303);
  expect((await post("/tickets/bulk-resolve", {})).status).toBe(303);
  for (const { id } of [one, two, three]) expect((await helpdesk.panel(id)).state).toBe("scheduled");
});

test("the settings' form saves through the library and leads back; a refused one says why and keeps what was typed", async () => {
  const fields = {
    sendDelay: "3_days",
    subject: "",
    bodyIntro: "Hello",
    return: "/settings/csat?saved=1",
    form: "settings",
  };
  const saved = await post("/csat/api/settings", { ...fields, enabled: "true" });
  expect(saved.status).toBe(303);
  expect(saved.headers.get("location")).toBe("/settings/csat?saved=1");
  expect((await helpdesk.call("/settings/csat?saved=1")).text).toMatch(
    /Saved\..*value="3_days"\s+checked.*>\s*Hello</s,
  );

  const refused = await post("/csat/api/settings", {
    ...fields,
    enabled: "true",
    subject: "Hi {{nick_name}}",
  });
  expect(refused.status).toBe(400);
  expect(refused.text).toMatch(/id="csat-subject-error">[^<]*nick_name/);
  expect(refused.text).toContain('value="Hi {{nick_name}}"');
  expect((await helpdesk.call("/csat/api/settings")).json).toMatchObject({
    subject: null,
    bodyIntro: "Hello",
  });
});

test("the preview shows the mail of the typed texts, without scripts and without saving", async () => {
  const preview = await post("/csat/api/settings/preview", {
    subject: "Typed <b>",
    bodyIntro: "Typed {{customer_name}}",
  });
  expect(preview.status).toBe(200);
  expect(preview.text).toContain("Typed &lt;b&gt;");
  expect(preview.text).not.toContain("{{");
  expect(preview.headers.get("content-security-policy")).toMatch(/^sandbox; /);
  const refused = await post("/csat/api/settings/preview", { subject: "{{nick_name}}", bodyIntro: "" });
  expect(refused.status).toBe(400);
  expect(refused.text).toContain("nick_name");
  expect((await helpdesk.call("/settings/csat")).text).not.toContain("Typed");
});

test("a mail is shown in a sandbox, its links open beside it", async () => {
  const mail = await helpdesk.call("/inbox/1/html");
  expect(mail.headers.get("content-security-policy")).toMatch(
    /^sandbox allow-popups allow-popups-to-escape-sandbox; .*style-src 'unsafe-hashes' 'sha256-/,
  );
  expect(mail.headers.get("content-security-policy")).not.toContain("unsafe-inline");
  expect(mail.text).toContain('<base target="_blank">');
  expect((await helpdesk.call("/inbox/1/text")).headers.get("content-type")).toMatch(/^text\/plain/);
  for (const id of ["0", "999999", "x", "-1", "99999999999999999999"]) {
    expect((await helpdesk.call(`/inbox/${id}/html`)).status, id).toBe(404);
  }
});

test("the user menu sets the cookie and leads back, never to another site", async () => {
  const chosen = await post("/session", { user: "bob", back: "/inbox?x=1" });
  expect(chosen.headers.get("set-cookie")).toMatch(/^demo-user=bob; Path=\/; HttpOnly; SameSite=Lax$/);
  expect(chosen.headers.get("location")).toBe("/inbox?x=1");
  for (const back of [
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\u007f",
    "",
  ]) {
    expect((await post("/session", { user: "bob", back })).headers.get("location"), back).toBe("/");
  }
  expect((await post("/session", { user: "mallory", back: "/" })).status).toBe(400);
});

test("the clock's buttons move it", async () => {
  const before = Date.parse(String((await helpdesk.call("/api/clock")).json.now));
  expect((await post("/clock", { ms: "3600000", back: "/" })).headers.get("location")).toBe("/");
  const after = Date.parse(String((await helpdesk.call("/api/clock")).json.now));
  expect(after - before).toBeGreaterThanOrEqual(3_600_000);
  for (const ms of ["", "soon", "-1", "1.5"])
    expect((await post("/clock", { ms, back: "/" })).status, ms).toBe(400);
});

test("a notice is one of our sentences, whatever the address says", async () => {
  for (const done of ["constructor", "__proto__", hostile, ""]) {
    const { text } = await helpdesk.call(`/?done=${encodeURIComponent(done)}`);
    expect(text, done).not.toContain('class="notice"');
  }
});

test("a browser gets a page for what is not found, not allowed or wrong", async () => {
  const missing = await helpdesk.call("/nothing");
  expect(missing.status).toBe(404);
  expect(missing.text).toContain("<h1>Not found</h1>");
  const forbidden = await helpdesk.call("/settings/csat", { user: "bob" });
  expect(forbidden.status).toBe(403);
  expect(forbidden.text).toContain("Only owners and admins");
  expect(forbidden.text).not.toContain('href="/settings/csat"');
  expect((await post("/tickets", { subject: " ", name: "", email: "" })).status).toBe(400);
});
