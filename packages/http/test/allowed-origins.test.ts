import { describe, expect, test } from "vitest";
import { aDesk, browser, json } from "./a-desk.ts";

const allowed = "https://app.example";
const foreign = "https://evil.example";
const origins = { allowedOrigins: [allowed, "https://Desk.Example:8443/", "http://localhost:80"] };

const views = {
  render: async () => new Response("<p>drawn", { headers: { "content-type": "text/html" } }),
  asset: () => ({ body: "p{}", type: "text/css; charset=utf-8" }),
};

/** What a response says to a browser about pages of other origins. */
function told({ headers }: Response): Readonly<Record<string, string>> {
  return Object.fromEntries([...headers].filter(([name]) => /^access-control-|^vary$/.test(name)));
}

const preflight = (origin: string, headers?: string): RequestInit => ({
  method: "OPTIONS",
  headers: {
    origin,
    "access-control-request-method": "PUT",
    ...(headers === undefined ? {} : { "access-control-request-headers": headers }),
  },
});

const routes: readonly (readonly [path: string, methods: string])[] = [
  ["/api/settings", "GET, HEAD, PUT, POST"],
  ["/api/settings/preview", "GET, HEAD, POST"],
  ["/api/tickets/T1", "GET, HEAD"],
  ["/api/tickets/T1/explain", "GET, HEAD"],
  ["/api/tickets/T1/links", "POST"],
  ["/api/tickets/T1/answers", "POST"],
  ["/api/analytics", "GET, HEAD"],
  ["/api/analytics/low-ratings", "GET, HEAD"],
  ["/api/analytics/responses", "GET, HEAD"],
  ["/api/analytics/responses.csv", "GET, HEAD"],
  ["/api/my/analytics", "GET, HEAD"],
  ["/api/my/analytics/responses", "GET, HEAD"],
  ["/api/webhooks", "GET, HEAD"],
  ["/api/webhooks/test", "POST"],
  ["/api/webhooks/e1/replay", "POST"],
  ["/assets/csat-view.js", "GET, HEAD"],
];

describe("a preflight", () => {
  // S51
  test.each(routes)(
    "of a named origin for %s is answered with %s, and nobody is authorized",
    async (path, methods) => {
      let asked = 0;
      const authorize = async () => {
        asked++;
        return null;
      };
      const desk = await aDesk({ options: { ...origins, authorize } });
      const response = await desk.ask(path, preflight(allowed, "x-csat-embed"));
      expect([response.status, await response.text(), asked]).toEqual([204, "", 0]);
      expect(told(response)).toEqual({
        "access-control-allow-origin": allowed,
        "access-control-allow-credentials": "true",
        "access-control-allow-methods": methods,
        "access-control-allow-headers": "authorization, content-type, x-csat-embed",
        "access-control-expose-headers": "content-disposition, x-csat-title",
        "access-control-max-age": "600",
        vary: "Access-Control-Request-Headers, Origin",
      });
    },
  );

  // S51
  test.each([
    [undefined, ""],
    ["X-CSRF-Token,authorization", ", x-csrf-token"],
    ["x-tenant, x-csrf-token", ", x-tenant, x-csrf-token"],
    ["x-a".repeat(400), ""],
    [",, ,", ""],
  ])("lets in the headers that it names: %s", async (asked, added) => {
    const desk = await aDesk({ options: origins });
    const response = await desk.ask("/api/settings", preflight(allowed, asked));
    expect(response.headers.get("access-control-allow-headers")).toBe(
      `authorization, content-type, x-csat-embed${added}`,
    );
  });

  // S51
  test.each([
    foreign,
    "null",
    "",
    "*",
    "https://desk.example",
    "https://APP.example",
    `${allowed}/`,
    `${allowed}.`,
    `${allowed}:443`,
    `${allowed}:8443`,
    "http://app.example",
    "https://app.example.evil.example",
    `${allowed}, ${foreign}`,
    "https://Desk.Example:8443",
  ])("of %j is a 405 as any other method's, and opens nothing", async (origin) => {
    const desk = await aDesk({ options: origins });
    for (const [path, methods] of routes) {
      const response = await desk.ask(path, preflight(origin, "authorization"));
      expect([path, response.status, response.headers.get("allow")]).toEqual([path, 405, methods]);
      expect(told(response)).toEqual({ vary: "Origin" });
    }
  });

  test.each(["https://desk.example:8443", "http://localhost"])(
    "of %s passes where the option wrote it in another way",
    async (origin) => {
      const desk = await aDesk({ options: origins });
      expect((await desk.ask("/api/settings", preflight(origin))).status).toBe(204);
    },
  );

  test("for what is nothing of ours stays 404", async () => {
    const desk = await aDesk({ options: origins });
    expect((await desk.ask("/api/other", preflight(allowed))).status).toBe(404);
  });
});

const readable = {
  "access-control-allow-origin": allowed,
  "access-control-allow-credentials": "true",
  "access-control-expose-headers": "content-disposition, x-csat-title",
};

// S51
test("a named origin may read every answer, refusals too, and another one none", async () => {
  const desk = await aDesk({ options: { ...origins, views } });
  const refusing = await aDesk({ options: { ...origins, views, authorize: async () => null } });
  for (const [path, methods] of routes) {
    const method = methods.split(", ")[0] ?? "";
    for (const { ask } of [desk, refusing]) {
      for (const accept of [browser.accept, "application/json"]) {
        const init = (origin: string): RequestInit => ({ method, headers: { accept, origin } });
        expect([path, told(await ask(path, init(allowed)))]).toMatchObject([path, readable]);
        const { vary, ...others } = told(await ask(path, init(foreign)));
        expect([path, others, vary]).toEqual([path, {}, expect.stringMatching(/\bOrigin$/)]);
      }
    }
  }
});

// S51
test("a named origin saves settings; one that is not named is refused, and cannot read why", async () => {
  const desk = await aDesk({ options: origins });
  const put = (origin: string) => ({
    ...json({ sendDelay: "3_days" }, { origin, cookie: "a=b" }),
    method: "PUT",
  });
  const refused = await desk.ask("/api/settings", put(foreign));
  expect([refused.status, told(refused)]).toEqual([403, { vary: "Origin" }]);
  expect(await desk.csat.getSettings("acme")).toMatchObject({ sendDelay: "immediately" });
  const saved = await desk.ask("/api/settings", put(allowed));
  expect([saved.status, told(saved)]).toMatchObject([200, readable]);
  expect(await desk.csat.getSettings("acme")).toMatchObject({ sendDelay: "3_days" });
});

test("the copy that a browser has is confirmed to a named origin as readable", async () => {
  const desk = await aDesk({ options: { ...origins, views } });
  const first = await desk.ask("/assets/csat.css", { headers: { origin: allowed } });
  const again = { origin: allowed, "if-none-match": first.headers.get("etag") ?? "" };
  const response = await desk.ask("/assets/csat.css", { headers: again });
  expect([response.status, told(response)]).toEqual([304, { ...readable, vary: "Origin" }]);
});

// S83
test("origins of operators' pages open no survey, and origins of surveys no operator's route", async () => {
  const desk = await aDesk({ options: { allowedOrigins: [allowed], surveyOrigins: [foreign] } });
  const link = `/r/${await desk.survey("T1")}`;
  const read = async (path: string, origin: string) =>
    (await desk.ask(path, { headers: { origin, accept: "application/json" } })).headers.get(
      "access-control-allow-origin",
    );
  expect([await read(link, allowed), await read(link, foreign)]).toEqual([null, foreign]);
  expect([await read("/api/settings", allowed), await read("/api/settings", foreign)]).toEqual([
    allowed,
    null,
  ]);
});

test("without the option no answer says a word more than before", async () => {
  const desk = await aDesk();
  for (const [path, methods] of routes) {
    const response = await desk.ask(path, {
      method: methods.split(", ")[0] ?? "",
      headers: { origin: allowed },
    });
    expect([path, told(response)]).toEqual([path, {}]);
    expect((await desk.ask(path, preflight(allowed))).status).toBe(405);
  }
});
