import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aHelpdesk } from "./a-helpdesk.ts";

let helpdesk: Awaited<ReturnType<typeof aHelpdesk>>;
beforeAll(async () => {
  helpdesk = await aHelpdesk();
});
afterAll(() => helpdesk.close());

const browser = { accept: "text/html" };

// S51
test.each([
  ["olivia", 200],
  ["adam", 200],
  ["bob", 403],
  ["carol", 403],
  ["mallory", 401],
])("%s gets %i for the settings, by program and in the browser", async (user, status) => {
  const put = { method: "PUT", body: { enabled: true }, user };
  expect((await helpdesk.call("/csat/api/settings", { user })).status).toBe(status);
  expect((await helpdesk.call("/csat/api/settings", put)).status).toBe(status);
  const headers = { cookie: `demo-user=${user}`, ...browser };
  expect((await helpdesk.call("/settings/csat", { headers })).status).toBe(status);
  expect((await helpdesk.call("/csat/api/settings/preview", { headers })).status).toBe(status);
});

// S51
test("operators have a page of their own answers, and no figures of anybody else", async () => {
  for (const user of ["bob", "carol"]) {
    const page = await helpdesk.call("/my-csat", { user, headers: browser });
    expect(page.status).toBe(200);
    expect(page.text).toContain("My customer satisfaction");
    expect(page.text).toContain('<a href="/my-csat"');
    expect(page.text).not.toContain("By operator");
    expect((await helpdesk.call("/my-csat?resolver=olivia", { user, headers: browser })).status).toBe(400);
    expect((await helpdesk.call("/analytics/csat", { user, headers: browser })).status).toBe(403);
  }
});

// S51
test("operators see a ticket's panel and its reasons", async () => {
  const { id } = await helpdesk.ticket();
  expect((await helpdesk.call(`/csat/api/tickets/${id}`, { user: "bob" })).json).toEqual({ state: "none" });
  expect((await helpdesk.call(`/csat/api/tickets/${id}/explain`, { user: "carol" })).text).toBe("[]");
  expect((await helpdesk.call(`/tickets/${id}`, { user: "bob" })).status).toBe(200);
});

test.each(["/api/inbox", "/api/clock", "/api/tickets/T-1", "/csat/api/tickets/T-1", "/", "/inbox"])(
  "an unknown user gets 401 at %s",
  async (path) => {
    expect((await helpdesk.call(path, { user: "mallory" })).status).toBe(401);
    expect((await helpdesk.call(path, { headers: { cookie: "demo-user=constructor" } })).status).toBe(401);
  },
);

test("the header wins over the cookie, and without either Olivia asks", async () => {
  const cookie = "demo-user=zoe";
  expect((await helpdesk.call("/", { headers: { cookie } })).text).toContain("Zoe Lindqvist <small>owner");
  expect((await helpdesk.call("/", { headers: { cookie }, user: "bob" })).text).toContain(
    "Bob Tanaka <small>operator",
  );
  expect((await helpdesk.call("/")).text).toContain("Olivia Stone <small>owner");
});

// S49
describe("a ticket of another workspace", () => {
  test("is not found, whatever is asked of it", async () => {
    // The highest number of Acme; Globex has given out none of that height.
    const { id } = await helpdesk.ticket();
    const user = "zoe";
    const answers = await Promise.all([
      helpdesk.call(`/api/tickets/${id}`, { user }),
      helpdesk.call(`/api/tickets/${id}`, { method: "PATCH", body: { status: "closed" }, user }),
      helpdesk.call(`/api/tickets/${id}/resolve`, { body: { note: "x" }, user }),
      helpdesk.call(`/api/tickets/${id}/merge`, { body: { into: "T-1" }, user }),
      helpdesk.call(`/tickets/${id}`, { user }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    expect((await helpdesk.call(`/api/tickets/${id}`)).json.status).toBe("open");
  });

  test("with the same id is another ticket", async () => {
    await helpdesk.settings({ enabled: true, sendDelay: "1_hour" }, "zoe");
    const theirs = await helpdesk.ticket({ subject: "From Globex", user: "zoe" });
    expect((await helpdesk.call(`/api/tickets/${theirs.id}`)).json.subject).not.toBe("From Globex");
    await helpdesk.resolve(theirs.id, "zoe");
    expect(await helpdesk.panel(theirs.id)).toEqual({ state: "none" });
    await helpdesk.advance({ hours: 2 });
    const mails = await helpdesk.mailsTo(theirs.email);
    expect(mails).toHaveLength(1);
    expect(mails[0]?.from).toContain("Globex");
  });
});

// S51
describe("a change that another site asks for", () => {
  const cookie = "demo-user=olivia";
  const ours = () => helpdesk.origin;
  test.each<[what: string, status: number, headers: () => Record<string, string>]>([
    ["no cookie, no origin", 201, () => ({})],
    ["a cookie and nothing else", 403, () => ({ cookie })],
    ["our origin", 201, () => ({ cookie, origin: ours() })],
    ["localhost", 201, () => ({ cookie, origin: ours().replace("127.0.0.1", "localhost") })],
    ["Sec-Fetch-Site: same-origin", 201, () => ({ cookie, "sec-fetch-site": "same-origin" })],
    ["another origin", 403, () => ({ cookie, origin: "https://evil.example" })],
    ["another origin and no cookie", 403, () => ({ origin: "https://evil.example" })],
    ["Sec-Fetch-Site: cross-site", 403, () => ({ "sec-fetch-site": "cross-site" })],
    ["another port of this machine", 403, () => ({ cookie, origin: "http://127.0.0.1:1" })],
    ["Origin: null", 403, () => ({ cookie, origin: "null" })],
  ])("with %s is answered %i", async (_, status, headers) => {
    const body = { subject: "x", customer: { name: null, email: null } };
    expect((await helpdesk.call("/api/tickets", { body, headers: headers() })).status).toBe(status);
  });

  test("is refused for the clock and the user menu too", async () => {
    const headers = { origin: "https://evil.example", "content-type": "application/x-www-form-urlencoded" };
    for (const path of ["/clock", "/session", "/tickets", "/tickets/T-1", "/api/clock/advance"]) {
      const answer = await helpdesk.call(path, { headers, body: "ms=1&user=bob&back=/" });
      expect(answer.status, path).toBe(403);
    }
  });
});
