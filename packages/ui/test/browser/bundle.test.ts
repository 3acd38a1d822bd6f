import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { bundleScripts } from "../../scripts/bundle-scripts.mjs";
import { csatViewScript } from "../../src/generated/csat-view.ts";
import { pageScript } from "../../src/generated/page.ts";
import { csatViews } from "../../src/index.ts";

test("the scripts are what src/browser gives; else run node packages/ui/scripts/build-scripts.mjs", async () => {
  for (const { url, text } of await bundleScripts()) expect(await readFile(url, "utf8")).toBe(text);
});

test("the element takes at most 5 kB, gzipped, with all it brings", () => {
  expect(gzipSync(csatViewScript, { level: 9 }).length).toBeLessThanOrEqual(5_000);
});

test.each([
  ["csat-view.js", csatViewScript],
  ["page.js", pageScript],
])("%s holds nothing that a strict policy forbids, or that ends an inline script", (_, script) => {
  expect(script).not.toMatch(/\beval\b|new Function|import\(|<\/script|<!--/);
});

test("views serve the element's script", () => {
  expect(csatViews({ basePath: "/csat" }).asset("csat-view.js")).toEqual({
    body: csatViewScript,
    type: "text/javascript; charset=utf-8",
  });
});

test("a server may import the element: nothing happens there", async () => {
  const { CsatView } = await import("../../src/browser/element.ts");
  // Svelte sets a property only where it finds a setter.
  expect(Object.getOwnPropertyDescriptor(CsatView.prototype, "headers")?.set).toBeTypeOf("function");
});
