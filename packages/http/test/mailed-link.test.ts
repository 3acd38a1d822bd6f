import { describe, expect, test } from "vitest";
import { aDesk, browser, form, json } from "./a-desk.ts";

const encoded = (text: string) =>
  text.replace(/./gs, (letter) => `%${letter.charCodeAt(0).toString(16).padStart(2, "0")}`);

/** A link as it may arrive: below https://desk.example, where the handler is at /csat. */
const spellings: readonly (readonly [string, (token: string) => string])[] = [
  ["as it was mailed", (token) => `/csat/r/${token}`],
  ["with a slash at its end", (token) => `/csat/r/${token}/`],
  ["in capitals", (token) => `/csat/r/${token.toUpperCase()}`],
  ["in capitals, with a slash", (token) => `/csat/r/${token.toUpperCase()}/`],
  [
    "with every other letter in capitals",
    (token) => `/csat/r/${token.replace(/(.)(.)/g, (_, a, b) => a.toUpperCase() + b)}`,
  ],
  ["all in capitals", (token) => `/csat/r/${token}`.toUpperCase()],
  ["percent-encoded", (token) => `/csat/r/${encoded(token)}`],
  ["percent-encoded capitals", (token) => `/csat/r/${encoded(token.toUpperCase())}`],
  ["percent-encoded in part", (token) => `/csat/r/${encoded(token.slice(0, 3))}${token.slice(3)}/`],
  ["with its path encoded", (token) => `/${encoded("csat")}/${encoded("r")}/${token}`],
];

describe.each(spellings)("a link %s", (_, spell) => {
  // S26
  test("opens and answers its survey, and one token has one answer", async () => {
    const desk = await aDesk();
    const token = await desk.survey("T1");
    const link = `https://desk.example${spell(token)}`;
    const page = await desk.askAt(`${link}?rating=4`, { headers: browser });
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('value="4" required checked');
    expect((await desk.askAt(link, { method: "HEAD" })).status).toBe(200);
    expect((await desk.askAt(link, { method: "PUT" })).status).toBe(405);
    expect((await desk.askAt(link, form({ rating: "4" }))).status).toBe(201);
    // S25
    expect((await desk.ask(`/r/${token}`, json({ rating: 4 }))).status).toBe(409);
    expect((await desk.askAt(link, json({ rating: 4 }))).status).toBe(409);
  });

  test("is counted by the limiter under one key with all others", async () => {
    const keys: string[] = [];
    const desk = await aDesk({
      options: { allowRequest: async (_request, key) => keys.push(key) > 0 },
    });
    const token = await desk.survey("T1");
    await desk.askAt(`https://desk.example${spell(token)}`, { headers: browser });
    expect(keys).toEqual([token]);
  });
});

// S26
test.each([
  "/CSAT/r/x",
  "/csat/R/x",
  "/%63sat/r/x",
  "/csat2/r/TOKEN",
  "/r/TOKEN",
  "/csat/rr/TOKEN",
  "/csat/%2Fr/TOKEN",
])("%s is no link of ours", async (path) => {
  const desk = await aDesk();
  const token = await desk.survey("T1");
  const response = await desk.askAt(`https://desk.example${path.replace("TOKEN", token)}`, {
    headers: browser,
  });
  expect(response.status).toBe(404);
  expect(response.headers.get("content-type")).toContain("application/json");
});

describe("a slash at the end", () => {
  test.each([
    "/api/settings",
    "/api/settings/preview",
    "/api/tickets/T1",
    "/api/tickets/T1/explain",
    "/api/analytics",
    "/api/analytics/low-ratings",
    "/api/analytics/responses",
    "/api/analytics/responses.csv",
    "/api/my/analytics",
    "/api/my/analytics/responses",
    "/api/webhooks",
  ])("of %s changes nothing", async (path) => {
    const desk = await aDesk();
    const [plain, slashed] = [await desk.ask(path), await desk.ask(`${path}/`)];
    expect([slashed.status, await slashed.text()]).toEqual([200, await plain.text()]);
    expect((await desk.ask(`${path}//`)).status).toBe(404);
  });

  test("goes with every method, and leads a form back to the settings", async () => {
    const desk = await aDesk();
    const put = { ...json({ sendDelay: "3_days" }), method: "PUT" };
    expect((await desk.ask("/api/settings/", put)).status).toBe(200);
    expect((await desk.ask("/api/webhooks/test/", { method: "POST" })).status).toBe(200);
    expect((await desk.ask("/api/webhooks/e1/replay/", { method: "POST" })).status).toBe(404);
    const deleted = await desk.ask("/api/settings/", { method: "DELETE" });
    expect([deleted.status, deleted.headers.get("allow")]).toEqual([405, "GET, HEAD, PUT, POST"]);
    for (const path of ["/api/settings", "/api/settings/"]) {
      const saved = await desk.ask(path, form({ enabled: "on", form: "settings" }));
      const led = new URL(saved.headers.get("location") ?? "", `https://desk.example/csat${path}`);
      expect([saved.status, led.pathname]).toEqual([303, "/csat/api/settings"]);
    }
  });

  test("of an id stays in it when it is encoded", async () => {
    const desk = await aDesk();
    await desk.survey("T1/");
    expect(await (await desk.ask("/api/tickets/T1%2F/")).json()).toMatchObject({ state: "awaiting" });
    expect(await (await desk.ask("/api/tickets/T1/")).json()).toMatchObject({ state: "none" });
  });
});
