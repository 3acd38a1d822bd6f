import { expect, test } from "vitest";
import { csatViews, stylesheet } from "../src/index.ts";

const request = new Request("https://desk.example/csat/api/tickets/T1/explain");

async function pageOf(colorScheme: "light" | "dark" | "auto" | undefined): Promise<string> {
  const views = csatViews({ basePath: "/csat", ...(colorScheme === undefined ? {} : { colorScheme }) });
  return await (await views.render("explain", [], request)).text();
}

test.each(["light", "dark"] as const)("a view's own page is %s where the host says so", async (scheme) => {
  const page = await pageOf(scheme);
  expect(page).toContain(`dir="ltr" data-csat-scheme="${scheme}">`);
  expect(page).toContain(`<meta name="color-scheme" content="${scheme}">`);
});

test.each(["auto", undefined] as const)("with %s it follows the system", async (scheme) => {
  const page = await pageOf(scheme);
  expect(page).not.toMatch(/<html[^>]*data-csat-scheme/);
  expect(page).toContain('<meta name="color-scheme" content="light dark">');
});

test("what is forced has every colour that the system's choice has", () => {
  const declared = (rule: RegExp) => rule.exec(stylesheet)?.[1]?.replace(/^color-scheme:[a-z ]+;/, "");
  const light = declared(/^\.csat\{(color-scheme:light dark;[^}]*)\}/m);
  const dark = declared(/@media \(prefers-color-scheme:dark\)\{\.csat\{([^}]*)\}/);
  expect(declared(/\[data-csat-scheme=light\] \.csat,[^{]*\{([^}]*)\}/)).toBe(light);
  expect(declared(/\[data-csat-scheme=dark\] \.csat,[^{]*\{([^}]*)\}/)).toBe(dark);
  expect(light).not.toBe(dark);
});
