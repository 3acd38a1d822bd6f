import { expect, onTestFinished, test } from "vitest";
import { aBrowser, aVisitor } from "./world/a-browser.ts";
import { aHostPage } from "./world/a-host-page.ts";
import { seen } from "./world/the-story.ts";

const surfaces = { light: "rgb(255, 255, 255)", dark: "rgb(28, 31, 36)" };

test.each([
  ["dark", "light"],
  ["light", "dark"],
] as const)(
  "<csat-view> is %s where its attribute says so, on a system that prefers %s",
  async (forced, system) => {
    const [browser, { origin }] = await Promise.all([aBrowser(), aHostPage({ hasHistory: true })]);
    onTestFinished(async () => await browser.close());
    const page = await aVisitor({
      browser,
      origin,
      colorScheme: system,
      extraHTTPHeaders: { authorization: "Bearer good" },
    });
    await page.goto("/");
    await page.evaluate((scheme) => {
      const view = document.createElement("csat-view");
      view.id = "forced";
      view.setAttribute("src", "/csat/api/analytics");
      view.setAttribute("color-scheme", scheme);
      document.body.append(view);
    }, forced);
    const view = page.locator("#forced");
    await seen(view.getByRole("heading", { name: "By operator" }));
    const colorOf = (element: Element) => getComputedStyle(element).backgroundColor;
    const card = view.locator(".card").first();
    expect(await card.evaluate(colorOf)).toBe(surfaces[forced]);
    expect(await view.evaluate((element) => getComputedStyle(element).colorScheme)).toBe(forced);
    // Taken off, the system decides again.
    await view.evaluate((element) => element.removeAttribute("color-scheme"));
    expect(await card.evaluate(colorOf)).toBe(surfaces[system]);
  },
);
