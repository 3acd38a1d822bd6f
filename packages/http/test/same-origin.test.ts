import { describe, expect, test } from "vitest";
import { aDesk, json } from "./a-desk.ts";

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

// S51
test("the origin of publicUrl passes where the handler itself sees another, as behind a proxy", async () => {
  const desk = await aDesk();
  const put = { ...json({}, { cookie, origin: "https://desk.example" }), method: "PUT" };
  // The handler of the desk knows publicUrl; the request arrives under the name inside.
  expect((await desk.askAt("http://internal:3000/csat/api/settings", put)).status).toBe(200);
  expect(
    (
      await desk.askAt("http://internal:3000/csat/api/settings", {
        ...put,
        ...json({}, { cookie, origin: foreign }),
        method: "PUT",
      })
    ).status,
  ).toBe(403);
});

test("reading is not refused: a page of another site cannot see the answer", async () => {
  const desk = await aDesk();
  const response = await desk.ask("/api/settings", { headers: { cookie, origin: foreign } });
  expect(response.status).toBe(200);
  expect(response.headers.has("access-control-allow-origin")).toBe(false);
});
