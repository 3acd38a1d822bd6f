import { createHandler } from "@csat/http";
import { expect, test } from "vitest";
import { pageCss } from "../src/pages/style.ts";
import { aDesk, browser } from "./a-desk.ts";

const theme = { accentColor: "#2457a6", logo: null };

test.each([
  ["light", "#ffffff"],
  ["dark", "#1c1f24"],
] as const)(
  "the public page is %s whatever the system prefers, where the host says so",
  async (colorScheme, surface) => {
    const desk = await aDesk({ options: { colorScheme } });
    const token = await desk.survey("T1");
    for (const path of [`/r/${token}`, "/r/unknown"]) {
      const html = await (await desk.ask(path, { headers: browser })).text();
      expect(html).toContain(`:root{color-scheme:${colorScheme};`);
      expect(html).toContain(`--csat-surface:${surface}`);
      expect(html).not.toContain("prefers-color-scheme");
    }
  },
);

test("by default it follows the system, in the colours of both", () => {
  expect(pageCss(theme)).toBe(pageCss(theme, "auto"));
  const both = pageCss(theme).replace(/\s/g, "");
  for (const scheme of ["light", "dark"] as const) {
    const colors = /:root\{color-scheme:\w+;(.*?)\}/.exec(pageCss(theme, scheme))?.[1] ?? "missing";
    expect(both).toContain(colors.replace(/\s/g, ""));
  }
});

test("any other word is refused at the start", async () => {
  const { csat } = await aDesk();
  const options = { basePath: "/csat", authorize: async () => null, colorScheme: "blue" };
  // As a caller without types passes it.
  expect(() => createHandler(csat, options as never)).toThrow("colorScheme must be light, dark or auto");
});
