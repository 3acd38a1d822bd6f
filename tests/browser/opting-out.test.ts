import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aHelpdesk, type HelpdeskClient } from "../../examples/helpdesk/src/tests/a-helpdesk.ts";
import { aBrowser, aVisitor } from "./world/a-browser.ts";
import { optOutOf } from "./world/a-scene.ts";
import { keyboard } from "./world/hands.ts";
import { seen } from "./world/the-story.ts";

let demo: HelpdeskClient & { readonly close: () => Promise<void> };
let browser: Browser;
beforeAll(async () => {
  [demo, browser] = await Promise.all([aHelpdesk(), aBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await demo.close();
});

async function aLink(): Promise<string> {
  const { id, email } = await demo.ticket({ subject: "Two invoices for one order", name: "Tom Baker" });
  await demo.resolve(id);
  await demo.advance({ hours: 25 });
  // Without the language of the mail, so that the browser's decides.
  return (await optOutOf(demo, email)).replace(/\?.*$/, "");
}

// S71
test.each([true, false])(
  "a customer opts out and undoes it by keyboard alone, with script %s, and comes back to how it stands",
  async (javaScriptEnabled) => {
    const link = await aLink();
    const page = await aVisitor({ browser, origin: demo.origin, javaScriptEnabled });
    await page.goto(link);
    await keyboard.press(page.getByRole("button", { name: "Stop these surveys" }));
    await seen(page.getByRole("heading", { name: /^You will get no more satisfaction surveys from / }));
    await page.goto(link);
    await seen(page.getByRole("heading", { name: /^You will get no more satisfaction surveys from / }));
    await keyboard.press(page.getByRole("button", { name: "Undo" }));
    await seen(page.getByRole("heading", { name: /^You may get satisfaction surveys from .* again\.$/ }));
    await page.goto(link);
    await seen(page.getByRole("heading", { name: /^Do you want no more satisfaction surveys from / }));
  },
);

// S70
test.each(["en", "de", "fr", "es", "pt", "ja", "ar"])(
  "in %s the page for opting out stands on 320 by 480 pixels, its button included",
  async (locale) => {
    const page = await aVisitor({
      browser,
      origin: demo.origin,
      locale,
      viewport: { width: 320, height: 480 },
    });
    await page.goto(await aLink());
    const html = page.locator("html");
    expect([await html.getAttribute("lang"), await html.getAttribute("dir")]).toEqual([
      locale,
      locale === "ar" ? "rtl" : "ltr",
    ]);
    const box = await page.getByRole("button").boundingBox();
    expect(box?.height).toBeGreaterThanOrEqual(44);
    expect((box?.y ?? 480) + (box?.height ?? 0)).toBeLessThanOrEqual(480);
    expect(await page.evaluate(() => document.scrollingElement?.scrollWidth)).toBe(320);
  },
);
