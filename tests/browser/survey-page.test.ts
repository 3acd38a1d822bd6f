import type { Browser, BrowserContextOptions } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aHelpdesk, type HelpdeskClient, linkOf } from "../../examples/helpdesk/src/tests/a-helpdesk.ts";
import { aBrowser, aVisitor } from "./world/a-browser.ts";
import { seen } from "./world/the-story.ts";

let demo: HelpdeskClient & { readonly close: () => Promise<void> };
let browser: Browser;
let link: string;
let mailPath: string;
beforeAll(async () => {
  [demo, browser] = await Promise.all([aHelpdesk(), aBrowser()]);
  const { id, email } = await demo.ticket({ subject: "Two invoices for one order", name: "Tom Baker" });
  await demo.resolve(id);
  await demo.advance({ hours: 25 });
  link = linkOf((await demo.mailsTo(email))[0], 4);
  mailPath = "/inbox/1/html";
});
afterAll(async () => {
  await browser.close();
  await demo.close();
});

async function anOpen(path: string, screen: BrowserContextOptions) {
  const page = await aVisitor({ browser, origin: demo.origin, ...screen });
  await page.goto(path);
  return page;
}

const languages = ["en", "de", "fr", "es", "pt", "ja", "ar"];

test.each(languages)(
  "in %s the survey stands on 320 by 480 pixels, down to the labels of both ends",
  async (locale) => {
    const page = await anOpen(link, { locale, viewport: { width: 320, height: 480 } });
    expect(await page.locator("html").getAttribute("lang")).toBe(locale);
    const ends = await page.locator(".ends span").evaluateAll((spans) =>
      spans.map((span) => {
        const { left, right, bottom } = span.getBoundingClientRect();
        return { isShown: left >= 0 && right <= 320 && bottom <= 480, text: span.textContent };
      }),
    );
    expect(ends).toEqual([
      { isShown: true, text: expect.stringMatching(/\S/) },
      { isShown: true, text: expect.stringMatching(/\S/) },
    ]);
    // The lowest stands under the 1 and the highest under the 5, whichever way the page runs.
    const middles = await page
      .locator(".ends span, .tile:first-child, .tile:last-child")
      .evaluateAll((boxes) =>
        boxes.map((box) => box.getBoundingClientRect()).map(({ left, width }) => left + width / 2 < 160),
      );
    const [first, last, lowest, highest] = middles;
    expect([lowest, highest]).toEqual([first, last]);
    expect(first).toBe(locale !== "ar");
  },
);

test("what is left of the comment is said near its limit, and kept up while one types", async () => {
  const page = await anOpen(link, {});
  const comment = page.getByRole("textbox");
  await comment.fill("a".repeat(1_700));
  expect(await page.getByText(/Characters left/).count()).toBe(0);
  await comment.fill("a".repeat(1_990));
  await seen(page.getByText("Characters left: 10"));
  await comment.press("End");
  await comment.pressSequentially("bc");
  await seen(page.getByText("Characters left: 8"));
});

describe("the mail", () => {
  test("is a card of 560 pixels with five buttons of 44 in one row, both ends labelled below them", async () => {
    const page = await anOpen(mailPath, { viewport: { width: 1280, height: 800 } });
    const card = await page.locator(".card > table").first().boundingBox();
    expect(card?.width).toBe(560);
    await expectButtons(page);
  });

  test("keeps its buttons on a phone, and nothing is wider than that", async () => {
    const page = await anOpen(mailPath, { viewport: { width: 320, height: 568 } });
    await expectButtons(page);
    expect(await page.evaluate(() => document.scrollingElement?.scrollWidth)).toBe(320);
  });

  async function expectButtons(page: Awaited<ReturnType<typeof anOpen>>) {
    const buttons = await page.getByRole("link", { name: /^Rate [1-5] of 5$/ }).all();
    const boxes = await Promise.all(buttons.map(async (button) => await button.boundingBox()));
    expect(boxes.map((box) => box?.height)).toEqual([44, 44, 44, 44, 44]);
    expect(new Set(boxes.map((box) => box?.y)).size).toBe(1);
    // WCAG 2.2 asks for 24.
    for (const box of boxes) expect(box?.width).toBeGreaterThanOrEqual(44);
    const [lowest, highest] = await Promise.all(
      ["Very dissatisfied", "Very satisfied"].map((end) =>
        page.getByText(end, { exact: true }).boundingBox(),
      ),
    );
    const [first, last] = [boxes[0], boxes.at(-1)];
    for (const end of [lowest, highest]) expect(end?.y).toBeGreaterThanOrEqual((first?.y ?? 0) + 44);
    expect(lowest?.x).toBe(first?.x);
    const rightOf = (box: typeof first) => Math.round((box?.x ?? 0) + (box?.width ?? 0));
    expect(rightOf(highest ?? null)).toBe(rightOf(last));
  }
});
