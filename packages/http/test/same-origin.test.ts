import { createHandler } from "@csat/http";
import { describe, expect, test } from "vitest";
import { aDesk, browser, form, json } from "./a-desk.ts";

const own = "https://desk.example";
const allowed = "https://app.example";
const foreign = "https://evil.example";
const cookie = "session=1";

const passes: readonly Readonly<Record<string, string>>[] = [
  {},
  { cookie, origin: own },
  { cookie, origin: own, "sec-fetch-site": "same-origin" },
  { cookie, origin: own, "sec-fetch-site": "none" },
  { cookie, "sec-fetch-site": "same-origin" },
  // What a page with the policy no-referrer sends to its own site.
  { cookie, origin: "null", "sec-fetch-site": "same-origin" },
  { cookie, origin: allowed },
  { cookie, origin: allowed, "sec-fetch-site": "same-site" },
  { cookie, origin: allowed, "sec-fetch-site": "cross-site" },
  { origin: own },
];

const refused: readonly Readonly<Record<string, string>>[] = [
  { cookie },
  { cookie: "" },
  { cookie, origin: foreign },
  { cookie, origin: foreign, "sec-fetch-site": "same-origin" },
  { cookie, origin: foreign, "sec-fetch-site": "cross-site" },
  { cookie, origin: own, "sec-fetch-site": "cross-site" },
  { cookie, origin: own, "sec-fetch-site": "same-site" },
  { cookie, origin: "null" },
  { cookie, origin: "null", "sec-fetch-site": "cross-site" },
  { cookie, "sec-fetch-site": "cross-site" },
  { cookie, "sec-fetch-site": "same-site" },
  { cookie, "sec-fetch-site": "none" },
  { cookie, "sec-fetch-site": "same-origin, cross-site" },
  { cookie, origin: "http://desk.example" },
  { cookie, origin: "https://desk.example:8443" },
  { cookie, origin: "https://desk.example.evil.example" },
  { cookie, origin: `${own}, ${foreign}` },
  { cookie, origin: "https://DESK.example.evil" },
  { cookie, origin: "" },
  // Without a cookie neither header is needed, but one that contradicts is believed.
  { origin: foreign },
  { origin: "null" },
  { "sec-fetch-site": "cross-site" },
  { authorization: "Bearer x", origin: foreign },
];

const changing: readonly (readonly [string, string])[] = [
  ["PUT", "/api/settings"],
  ["POST", "/api/settings"],
  ["POST", "/api/settings/preview"],
  ["POST", "/api/webhooks/test"],
  ["POST", "/api/webhooks/e1/replay"],
  ["POST", "/api/tickets/T1/leave-out"],
  ["POST", "/api/tickets/T1/let-in"],
];

describe("a request that changes something for an operator", () => {
  // S51
  test.each(passes)("passes with %j", async (headers) => {
    const desk = await aDesk({ options: { allowedOrigins: [allowed] } });
    const response = await desk.ask("/api/settings", {
      ...json({ sendDelay: "3_days" }, headers),
      method: "PUT",
    });
    expect(response.status).toBe(200);
    expect(await desk.csat.getSettings("acme")).toMatchObject({ sendDelay: "3_days" });
  });

  // S51
  test.each(refused)("is refused with %j, at every route", async (headers) => {
    const desk = await aDesk({ options: { allowedOrigins: [allowed] } });
    for (const [method, path] of changing) {
      const response = await desk.ask(path, { ...json({ sendDelay: "3_days" }, headers), method });
      expect([path, response.status]).toEqual([path, 403]);
    }
    expect(await desk.csat.getSettings("acme")).toMatchObject({ sendDelay: "immediately" });
  });
});

describe("the host name of a request decides nothing", () => {
  const put = (headers: Readonly<Record<string, string>>) => ({ ...json({}, headers), method: "PUT" });

  // S51
  test.each(["http://internal:3000", "https://evil.example", "http://127.0.0.1"])(
    "a request that arrives for %s passes with the origin of publicUrl or an allowed one, and not with that one",
    async (host) => {
      const desk = await aDesk({ options: { allowedOrigins: [allowed] } });
      const status = async (headers: Readonly<Record<string, string>>) =>
        (await desk.askAt(`${host}/csat/api/settings`, put(headers))).status;
      expect(await status({ cookie, origin: own })).toBe(200);
      expect(await status({ cookie, origin: allowed })).toBe(200);
      expect(await status({ cookie, origin: host })).toBe(403);
      expect(await status({ cookie, origin: host, "sec-fetch-site": "same-origin" })).toBe(403);
      expect(await status({ origin: host })).toBe(403);
    },
  );

  // S51
  test("without publicUrl only allowed origins and Sec-Fetch-Site say whose page it was", async () => {
    const { publicUrl: _, ...csat } = (await aDesk()).csat;
    const handler = createHandler(csat, {
      basePath: "/csat",
      authorize: async () => ({ workspaceId: "acme", userId: "olivia", role: "owner" }),
      allowedOrigins: [allowed],
    });
    const status = async (headers: Readonly<Record<string, string>>) =>
      (await handler(new Request(`${own}/csat/api/settings`, put(headers)))).status;
    expect(await status({ cookie, origin: own })).toBe(403);
    expect(await status({ cookie, origin: allowed })).toBe(200);
    expect(await status({ cookie, "sec-fetch-site": "same-origin" })).toBe(200);
  });

  // S51
  test("a form leads to a path alone, whatever host was asked", async () => {
    const desk = await aDesk();
    const settings = "https://evil.example/csat/api/settings";
    const fields = { enabled: "on", return: "/settings", form: "settings" };
    const response = await desk.askAt(settings, form(fields));
    expect([response.status, response.headers.get("location")]).toEqual([303, "/settings"]);
    const led = await desk.askAt(settings, form({ ...fields, return: "//evil.example/settings" }));
    expect([led.status, led.headers.get("location")]).toEqual([400, null]);
  });

  // S29
  test("no page, redirect or error repeats it, and none sets a cookie", async () => {
    const desk = await aDesk();
    const link = `https://evil.example/csat/r/${await desk.survey("T1")}`;
    const asked: readonly (readonly [string, RequestInit | undefined])[] = [
      [link, { headers: browser }],
      [link, form({ rating: "9" })],
      [link, form({ rating: "5" })],
      [link, form({ rating: "5" })],
      ["https://evil.example/csat/r/unknown", { headers: browser }],
      ["https://evil.example/csat/api/settings", undefined],
      ["https://evil.example/csat/api/settings/preview", undefined],
      ["https://evil.example/csat/api/settings", form({ enabled: "on", form: "settings" })],
      ["https://evil.example/elsewhere", undefined],
    ];
    for (const [url, init] of asked) {
      const response = await desk.askAt(url, init);
      const whole = JSON.stringify([...response.headers]) + (await response.text());
      expect(whole).not.toContain("evil.example");
      expect(response.headers.has("set-cookie")).toBe(false);
    }
  });
});

test("reading is not refused: a page of another site cannot see the answer", async () => {
  const desk = await aDesk();
  const response = await desk.ask("/api/settings", { headers: { cookie, origin: foreign } });
  expect(response.status).toBe(200);
  expect(response.headers.has("access-control-allow-origin")).toBe(false);
});
