import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aHelpdesk, type HelpdeskClient, linkOf } from "../../examples/helpdesk/src/tests/a-helpdesk.ts";
import { aBrowser, aVisitor } from "./world/a-browser.ts";

let demo: HelpdeskClient & { readonly close: () => Promise<void> };
let browser: Browser;
beforeAll(async () => {
  [demo, browser] = await Promise.all([aHelpdesk(), aBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await demo.close();
});

const markup = "<img src=x onerror=window.hacked=1><script>window.hacked=1</script>";
const turned = "\u202Egnp.exe\u202D";
const hostile = [
  { what: "markup", subject: `Subject ${markup}`, name: `Name ${markup}`, comment: `Comment ${markup}` },
  {
    what: "right-to-left overrides",
    subject: `Subject ${turned}`,
    name: `Name ${turned}`,
    comment: `Comment ${turned}`,
  },
  {
    what: "2,000 emoji, and a name of 300 letters",
    subject: "🦊".repeat(150),
    name: "W".repeat(300),
    comment: "😡".repeat(2_000),
  },
];

/** Fails where text became code, an element, or wider than a phone. */
async function isText(page: Page, path: string): Promise<void> {
  await page.goto(path);
  for (const frame of page.frames()) {
    expect(await frame.locator('img[src="x"]').count(), path).toBe(0);
    expect(await frame.locator("script", { hasText: "hacked" }).count(), path).toBe(0);
  }
  expect(await page.evaluate("window.hacked"), path).toBeUndefined();
  const width = await page.evaluate(() => document.scrollingElement?.scrollWidth);
  expect(width, `width of ${path}`).toBeLessThanOrEqual(320);
}

test.each(hostile)("$what stay text on every page, mail and view", async ({ subject, name, comment }) => {
  const { id, email } = await demo.ticket({ subject, name });
  await demo.resolve(id);
  await demo.advance({ hours: 25 });
  const number = (await demo.call("/api/inbox")).text.match(/"receivedAt"/g)?.length ?? 0;
  const link = linkOf((await demo.mailsTo(email))[0], 1);
  await demo.settings({ subject, bodyIntro: comment });
  const page = await aVisitor({ browser, origin: demo.origin, viewport: { width: 320, height: 568 } });
  await isText(page, link);
  await page.getByRole("textbox").fill(comment);
  await page.getByRole("button").click();
  const said = page.locator("blockquote");
  await said.waitFor();
  expect(await said.textContent()).toBe(comment);
  expect(await page.evaluate("window.hacked")).toBeUndefined();

  const views = [
    link,
    "/?status=all",
    `/tickets/${id}`,
    `/csat/api/tickets/${id}`,
    "/inbox",
    `/inbox/${number}`,
    `/inbox/${number}/html`,
    "/csat/api/analytics",
    "/csat/api/analytics/responses",
    "/csat/api/analytics/low-ratings",
    "/csat/api/webhooks",
    "/webhooks",
    "/settings/csat",
    "/csat/api/settings",
    "/csat/api/settings/preview",
  ];
  for (const path of views) await isText(page, path);
  await page.goto("/csat/api/analytics/low-ratings");
  expect(await page.locator("blockquote").first().textContent()).toBe(comment);
  // What turns the reading direction is shut in where it was written.
  expect(
    await page
      .locator(".facts bdi, blockquote[dir=auto]")
      .evaluateAll((parts) =>
        parts
          .map((part) => getComputedStyle(part).unicodeBidi)
          .filter((held) => !/isolate|plaintext/.test(held)),
      ),
  ).toEqual([]);
});
