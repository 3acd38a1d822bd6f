import { expect, test } from "vitest";
import { load } from "../../src/browser/load.ts";

const mount = { origin: "https://desk.example", basePath: "/csat" };
const url = new URL("https://desk.example/csat/api/analytics");

/** Loads a view from a server that answers so. */
async function loadFrom(given: {
  readonly status?: number;
  readonly type?: string;
  readonly title?: string | null;
  readonly end?: string;
}) {
  const { status = 200, type = "text/html; charset=utf-8", title = "Dash%C3%A9", end } = given;
  const asked: { url: URL; init: RequestInit }[] = [];
  const loading = load({ url, body: null }, mount, async (address, init) => {
    asked.push({ url: address, init });
    const headers = { "content-type": type, ...(title === null ? {} : { "x-csat-title": title }) };
    const response = new Response("<h1>Hi</h1>", { status, headers });
    return Object.defineProperties(response, {
      url: { value: end ?? address.href },
      redirected: { value: end !== undefined },
    });
  });
  return { loading, asked };
}

test("a view is asked for as bare HTML", async () => {
  const { loading, asked } = await loadFrom({});
  await loading;
  expect(asked[0]?.init).toEqual({ headers: { accept: "text/html", "x-csat-embed": "1" } });
});

test("a view comes with its title and the address it was led to", async () => {
  const end = "https://desk.example/csat/api/settings";
  const { loading } = await loadFrom({ end });
  expect(await loading).toEqual({ url: new URL(end), title: "Dashé", html: "<h1>Hi</h1>", isOk: true });
});

test("a refusal that is drawn is shown too", async () => {
  const { loading } = await loadFrom({ status: 403 });
  expect(await loading).toMatchObject({ html: "<h1>Hi</h1>", isOk: false });
});

test.each([
  ["of another origin", { end: "https://evil.example/csat/api/analytics" }, "sign in"],
  ["of another part of the site", { end: "https://desk.example/login" }, "sign in"],
  ["of another type", { type: "application/json" }, "without a view (200)"],
  ["that is no view", { title: null, status: 502 }, "without a view (502)"],
])("an answer %s is not taken", async (_, answer, words) => {
  const { loading } = await loadFrom(answer);
  await expect(loading).rejects.toThrow(words);
});
