import { CsatError } from "@csat/core";
import { createHandler, type HandlerCsat } from "@csat/http";
import { describe, expect, test } from "vitest";
import { aDesk, browser, form, json } from "./a-desk.ts";

const secret = "postgres://user:secret@10.0.0.1";

const failures: readonly (readonly [string, unknown, string])[] = [
  ["an Error", new Error(secret), "internal"],
  ["a TypeError of ours", new TypeError(`${secret} is not a function`), "internal"],
  ["a string", secret, "internal"],
  ["null", null, "internal"],
  [
    "a storage failure",
    new CsatError("storage_failed", secret, { cause: new Error(secret) }),
    "storage_failed",
  ],
];

const methods: readonly (keyof HandlerCsat)[] = [
  "openSurvey",
  "submitResponse",
  "getTicketPanel",
  "explain",
  "getSettings",
  "updateSettings",
  "previewEmail",
  "listEvents",
  "replayEvent",
  "sendTestEvent",
];

describe.each(failures)("when the core fails with %s", (_, failure, code) => {
  test("every route answers 500 without a detail of it, and reports it once", async () => {
    const reported: unknown[] = [];
    const fail = () => Promise.reject(failure);
    // The methods are named in a list of its keys.
    const broken = Object.fromEntries(methods.map((method) => [method, fail])) as Partial<HandlerCsat>;
    const desk = await aDesk({ broken, options: { onError: (error) => reported.push(error) } });
    const post = { method: "POST" };
    const requests: readonly (readonly [string, RequestInit])[] = [
      ["/r/x", { headers: { accept: "application/json" } }],
      ["/r/x", json({ rating: 5 })],
      ["/r/x", json({ rating: 9 })],
      ["/api/settings", {}],
      ["/api/settings", { ...json({ enabled: true }), method: "PUT" }],
      ["/api/settings", { ...form({ enabled: "on", form: "settings" }) }],
      ["/api/settings/preview", json({})],
      ["/api/tickets/T1", {}],
      ["/api/tickets/T1/explain", {}],
      ["/api/webhooks", {}],
      ["/api/webhooks/e1/replay", post],
      ["/api/webhooks/test", post],
    ];
    for (const [path, request] of requests) {
      const response = await desk.ask(path, request);
      expect([path, response.status]).toEqual([path, 500]);
      const text = await response.text();
      expect(JSON.parse(text)).toMatchObject({ error: { code } });
      expect(text).not.toMatch(/secret|\bat .*\.ts|stack/);
      expect(reported.splice(0)).toEqual([failure]);
    }
  });

  test("browsers get a page that offers to try again", async () => {
    const desk = await aDesk({ broken: { openSurvey: () => Promise.reject(failure) } });
    const visit = await desk.ask("/r/x?rating=3", { headers: browser });
    expect(visit.status).toBe(500);
    expect(await visit.text()).toContain('<a class="button" href="?rating=3">Try again</a>');
  });

  test("browsers get their form again, and the failing database is not asked for its looks", async () => {
    let opened = 0;
    const openSurvey = () => Promise.reject(new Error(`opened ${++opened} times`));
    const desk = await aDesk({ broken: { openSurvey, submitResponse: () => Promise.reject(failure) } });
    const answer = await desk.ask("/r/x", form({ rating: "3" }));
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain("secret");
    expect(opened).toBe(0);
  });
});

test("an answer that was stored is 201, even when the page's looks can no longer be read", async () => {
  const { csat } = await aDesk();
  const desk = await aDesk({ broken: { openSurvey: () => Promise.reject(new Error("gone")) } });
  const response = await desk.ask(`/r/${await desk.survey("T1")}`, form({ rating: "4" }));
  expect(response.status).toBe(201);
  expect(await response.text()).toContain("Thank you. Your rating: 4 of 5.");
  expect(csat.publicUrl).toBe("https://desk.example/csat");
});

test("a log that throws changes no answer", async () => {
  const onError = () => {
    throw new Error("disk full");
  };
  const desk = await aDesk({
    broken: { getSettings: () => Promise.reject(new Error("x")) },
    options: { onError },
  });
  expect((await desk.ask("/api/settings")).status).toBe(500);
});

test("even what is no request at all gets a response", async () => {
  const { csat } = await aDesk();
  const reported: unknown[] = [];
  const onError = (error: unknown) => reported.push(error);
  const handler = createHandler(csat, { basePath: "/csat", authorize: async () => null, onError });
  for (const nonsense of [undefined, {}]) {
    const response = await handler(nonsense as Request); // On purpose: it is none.
    expect(response.status).toBe(500);
    expect(response.headers.get("content-type")).toContain("application/json");
    expect(reported.splice(0)).toEqual([expect.any(TypeError)]);
  }
});

// Hosts that no release of Node takes: what is forbidden in a name, an address cut short, one that is too large.
test.each([
  "not a url",
  "http://a<b/csat/r/abc",
  "http://a%00b/csat/r/abc",
  "http://[::1/csat/r/abc",
  "http://256.0.0.1/csat/r/abc",
])("a Host header that no URL can hold is the client's fault: %s", async (url) => {
  const { csat } = await aDesk();
  const reported: unknown[] = [];
  const onError = (error: unknown) => reported.push(error);
  const handler = createHandler(csat, { basePath: "/csat", authorize: async () => null, onError });
  const response = await handler({ url, method: "GET", headers: new Headers() } as Request); // Request refuses such a URL.
  expect(response.status).toBe(400);
  expect(reported).toEqual([]);
});

test("a Host header that some releases of Node take is never a fault of ours: http://xn--a", async () => {
  const { csat } = await aDesk();
  const reported: unknown[] = [];
  const onError = (error: unknown) => reported.push(error);
  const handler = createHandler(csat, { basePath: "/csat", authorize: async () => null, onError });
  const url = "http://xn--a/csat/r/abc";
  const response = await handler({ url, method: "GET", headers: new Headers() } as Request); // Request may refuse such a URL.
  // Where the URL is one, its path is that of an unknown link.
  expect(response.status).toBe(URL.canParse(url) ? 404 : 400);
  expect(reported).toEqual([]);
});
