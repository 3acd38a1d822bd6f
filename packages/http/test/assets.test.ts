import nodeCrypto from "node:crypto";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { aDesk, browser } from "./a-desk.ts";

const files: Readonly<Record<string, string>> = { "view.css": "p{}", "view.js": "let a, b" };
const views = {
  render: async () => new Response(""),
  asset: (name: string) => {
    const body = files[name];
    return body === undefined ? null : { body, type: "text/css; charset=utf-8" };
  },
};

test("files of the views are served to everybody, and not sent again to a browser that has them", async () => {
  const desk = await aDesk({ options: { views, authorize: async () => null } });
  const first = await desk.ask("/assets/view.css");
  expect(first.status).toBe(200);
  expect(await first.text()).toBe("p{}");
  expect(first.headers.get("content-type")).toBe("text/css; charset=utf-8");
  expect(first.headers.get("x-content-type-options")).toBe("nosniff");
  const headers = { "if-none-match": first.headers.get("etag") ?? "none" };
  const again = await desk.ask("/assets/view.css", { headers });
  expect(again.status).toBe(304);
  expect(await again.text()).toBe("");
});

describe("If-None-Match (RFC 9110, 13.1.2)", () => {
  async function statusFor(given: (tag: string) => string, method = "GET") {
    const desk = await aDesk({ options: { views } });
    const tag = (await desk.ask("/assets/view.css")).headers.get("etag") ?? "none";
    // printf 'p{}' | openssl dgst -sha256 -binary | base64
    expect(tag).toBe('"gG2yISYereRMiG2lMXrbiUgi0Ubw9p7QCeWcroOvy9Y="');
    const response = await desk.ask("/assets/view.css", {
      method,
      headers: { "if-none-match": given(tag) },
    });
    expect(response.headers.get("etag")).toBe(tag);
    expect(response.headers.get("cache-control")).toBe("no-cache");
    return response.status;
  }

  test.each<[string, (tag: string) => string]>([
    ["the tag", (tag) => tag],
    ["the tag made weak by a proxy that compresses", (tag) => `W/${tag}`],
    ["the tag among others", (tag) => `"a", ${tag}, "b"`],
    ["a list without spaces", (tag) => `"a",${tag}`],
    ["a list of weak tags", (tag) => `W/"a", W/${tag}`],
    ["tags that hold a comma", (tag) => `"a, b", ${tag}`],
    ["any tag", () => "*"],
    ["any tag, with spaces", () => " * "],
  ])("%s is 304", async (_, given) => {
    expect(await statusFor(given)).toBe(304);
    expect(await statusFor(given, "HEAD")).toBe(304);
  });

  test.each<[string, (tag: string) => string]>([
    ["another tag", () => '"other"'],
    ["a weak other one", () => 'W/"other"'],
    ["the tag without its quotes", (tag) => tag.slice(1, -1)],
    ["the tag as part of another", (tag) => `"x${tag.slice(1)}`],
    ["an asterisk among tags", () => '"a", *'],
    ["nothing", () => ""],
  ])("%s is 200 with the file", async (_, given) => {
    expect(await statusFor(given)).toBe(200);
  });
});

test("digests are made once, not for every request", async () => {
  const desk = await aDesk({ options: { views } });
  const ask = async () => {
    for (const path of ["/assets/view.css", "/assets/view.js", "/r/unknown"]) {
      await desk.ask(path, { headers: browser });
    }
  };
  await ask();
  const digest = vi.spyOn(nodeCrypto, "createHash");
  onTestFinished(() => digest.mockRestore());
  for (let round = 0; round < 3; round++) await ask();
  expect(digest).not.toHaveBeenCalled();
  // What is remembered goes by what a file holds, not by its name.
  const other = await aDesk({
    options: { views: { ...views, asset: () => ({ body: "p{a:b}", type: "text/css" }) } },
  });
  const tag = (await other.ask("/assets/view.css")).headers.get("etag");
  expect(tag).not.toBe((await desk.ask("/assets/view.css")).headers.get("etag"));
  expect(digest).toHaveBeenCalledOnce();
});

test("what is no file of the views is not there, nor is anything without views", async () => {
  const desk = await aDesk({ options: { views } });
  expect((await desk.ask("/assets/other.css")).status).toBe(404);
  expect((await desk.ask("/assets/view.css", { method: "POST" })).status).toBe(405);
  expect((await (await aDesk()).ask("/assets/view.css")).status).toBe(404);
});
