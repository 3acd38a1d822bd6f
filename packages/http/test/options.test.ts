import { createHandler, type HandlerOptions } from "@csat/http";
import { describe, expect, test } from "vitest";
import { aDesk } from "./a-desk.ts";

const good: HandlerOptions = { basePath: "/csat", authorize: async () => null };

async function refusalOf(change: Readonly<Record<string, unknown>>): Promise<unknown> {
  const { csat } = await aDesk();
  try {
    // What hosts in JavaScript may pass is any value.
    createHandler(csat, { ...good, ...change });
    return null;
  } catch (error) {
    return error;
  }
}

describe("createHandler refuses at start-up", () => {
  test.each<[string, Readonly<Record<string, unknown>>, string]>([
    ["a missing authorize", { authorize: undefined }, "authorize"],
    ["an authorize that is no function", { authorize: {} }, "authorize"],
    ["an allowRequest that is no function", { allowRequest: true }, "allowRequest"],
    ["views without render", { views: {} }, "views.render"],
    ["views that are null", { views: null }, "views.render"],
    ["a base path that is no text", { basePath: undefined }, "basePath"],
    ["a base path without slash", { basePath: "csat" }, "basePath"],
    ["a base path that is a URL", { basePath: "https://desk.example/csat" }, "basePath"],
    ["a base path with a query", { basePath: "/csat?x" }, "basePath"],
    ["a base path with empty segments", { basePath: "//csat" }, "basePath"],
    ["a base path with dots", { basePath: "/a/../csat" }, "basePath"],
    ["a base path that publicUrl does not end with", { basePath: "/surveys" }, "basePath"],
    ["a base path that publicUrl merely ends like", { basePath: "/sat" }, "basePath"],
    ["an allowed origin with a path", { allowedOrigins: ["https://a.example/x"] }, "allowedOrigins.0"],
    [
      "an allowed origin that is a wildcard",
      { allowedOrigins: ["https://a.example", "*"] },
      "allowedOrigins.1",
    ],
    ["an allowed origin null", { allowedOrigins: ["null"] }, "allowedOrigins.0"],
    ["an allowed origin of another scheme", { allowedOrigins: ["file://x"] }, "allowedOrigins.0"],
    ["a survey origin that is a pattern", { surveyOrigins: ["https://*.example"] }, "surveyOrigins.0"],
    ["survey origins that are no list", { surveyOrigins: "*" }, "surveyOrigins"],
    ["an ancestor with a path", { frameAncestors: ["https://a.example/x"] }, "frameAncestors.0"],
    ["an ancestor that is a word of the policy", { frameAncestors: ["'self'"] }, "frameAncestors.0"],
    ["allowed origins that are no list", { allowedOrigins: "https://a.example" }, "allowedOrigins"],
    ["texts for no locale", { texts: { "no locale": {} } }, "texts.no locale"],
    ["texts that are no object", { texts: { de: "Hallo" } }, "texts.de"],
    ["an unknown text", { texts: { de: { thx: "Danke" } } }, "texts.de.thx"],
    ["an inherited name for a text", { texts: { de: { constructor: "x" } } }, "texts.de.constructor"],
    ["a blank text", { texts: { en: { send: " " } } }, "texts.en.send"],
    ["a text that is no text", { texts: { en: { send: 5 } } }, "texts.en.send"],
  ])("%s", async (_, change, path) => {
    const refusal = await refusalOf(change);
    expect(refusal).toMatchObject({ name: "CsatError", code: "invalid_config", issues: [{ path }] });
    expect(refusal).toMatchObject({ message: expect.stringContaining(path) });
  });

  test("everything that is wrong at once", async () => {
    const refusal = await refusalOf({ basePath: "x", allowedOrigins: ["*"], authorize: null });
    expect(refusal).toMatchObject({
      issues: [{ path: "authorize" }, { path: "basePath" }, { path: "allowedOrigins.0" }],
    });
  });
});

test("an origin may be written with its port or a closing slash", async () => {
  expect(await refusalOf({ allowedOrigins: ["https://a.example:443/", "http://localhost:3000"] })).toBeNull();
});

describe("basePath", () => {
  test.each([
    ["", "https://desk.example/r/x", "https://desk.example/csat/r/x"],
    ["/", "https://desk.example/r/x", "https://desk.example/csat/r/x"],
    ["/csat", "https://desk.example/csat/r/x", "https://desk.example/r/x"],
    ["/csat/", "https://desk.example/csat/r/x", "https://desk.example/csats/r/x"],
    ["/csat", "https://desk.example/csat/r/x", "https://desk.example/CSAT/x"],
  ])("%j serves %s and not %s", async (basePath, inside, outside) => {
    const desk = await aDesk({ options: { basePath } });
    // Both are 404; only the first is the public page's.
    expect((await desk.askAt(inside)).headers.get("content-type")).toContain("text/html");
    expect((await desk.askAt(outside)).headers.get("content-type")).toContain("application/json");
  });

  test("is compared with publicUrl whatever slashes either ends in", async () => {
    const { csat } = await aDesk();
    const slashed = { ...csat, publicUrl: "https://desk.example/csat/" };
    for (const basePath of ["/csat", "/csat/", "/"]) {
      expect(() => createHandler(slashed, { ...good, basePath })).not.toThrow();
    }
  });

  test("may be the tail of publicUrl's path, where a proxy cuts off the rest", async () => {
    const { csat } = await aDesk();
    const behindProxy = { ...csat, publicUrl: "https://desk.example/help/csat" };
    expect(() => createHandler(behindProxy, good)).not.toThrow();
  });
});
