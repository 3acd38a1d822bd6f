import axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aBrowser, aVisitor } from "./world/a-browser.ts";
import { aHostPage } from "./world/a-host-page.ts";
import { seen } from "./world/the-story.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await aBrowser();
});
afterAll(async () => await browser.close());

const standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

const states: readonly {
  readonly state: string;
  readonly src?: string;
  reach(page: Page): Promise<void>;
}[] = [
  {
    state: "loading",
    // Never comes.
    reach: async (page) => await page.locator("csat-view[aria-busy]").waitFor(),
  },
  {
    state: "shown",
    reach: async (page) => await seen(page.getByRole("heading", { name: "Customer satisfaction" })),
  },
  {
    state: "failed",
    src: "/tickets/1",
    reach: async (page) => await seen(page.getByRole("button", { name: "Try again" })),
  },
];

test.each(states)(
  "an element that is $state keeps to WCAG 2.2 AA, light and dark, and to 320 pixels",
  async ({ state, src = "/csat/api/analytics", reach }) => {
    const { origin } = await aHostPage({ hasHistory: true });
    const page = await aVisitor({ browser, origin });
    if (state === "loading") await page.route("**/csat/api/analytics", () => {});
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.goto(`/?src=${encodeURIComponent(src)}`);
      await reach(page);
      await page.evaluate(axe.source);
      const { violations } = await page.evaluate(
        (values) => window.axe.run(document, { runOnly: { type: "tag", values }, preload: false }),
        standards,
      );
      const found = violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target}`));
      expect(found, colorScheme).toEqual([]);
    }
    await page.setViewportSize({ width: 320, height: 568 });
    expect(await page.evaluate(() => document.scrollingElement?.scrollWidth)).toBeLessThanOrEqual(320);
  },
);
