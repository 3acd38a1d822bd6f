import { gzipSync } from "node:zlib";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aHelpdesk, type HelpdeskClient, linkOf } from "../../examples/helpdesk/src/tests/a-helpdesk.ts";
import { aBrowser, aVisitor } from "./world/a-browser.ts";
import { type Hands, keyboard, pointer } from "./world/hands.ts";
import { seen, tellTheStory } from "./world/the-story.ts";

let demo: HelpdeskClient & { readonly close: () => Promise<void> };
let browser: Browser;
beforeAll(async () => {
  [demo, browser] = await Promise.all([aHelpdesk(), aBrowser()]);
  // A rating to follow up, so that the dashboard has all its parts.
  const { link } = await mailedLink("The first of all");
  await demo.call(link, { body: { rating: 1 } });
});
afterAll(async () => {
  await browser.close();
  await demo.close();
});

/** The story of one ticket, up to the panel that shows the answer and the dashboard that counts it. */
async function live(
  subject: string,
  given: {
    readonly hands?: Hands;
    readonly screen?: BrowserContextOptions;
    readonly onEach?: (page: Page) => Promise<void>;
  } = {},
) {
  const { hands = pointer, screen = {}, onEach = async () => {} } = given;
  const { id, email } = await demo.ticket({ subject });
  const before = await responsesSoFar();
  const desk = await aVisitor({ browser, origin: demo.origin, ...screen });
  const { comment, survey } = await tellTheStory({ desk, hands, ticket: { id, subject }, onEach });
  await desk.goto(`/tickets/${id}`);
  await seen(desk.getByText("CSAT 5/5"));
  await seen(desk.getByText(comment));
  await onEach(desk);

  await hands.press(desk.getByRole("link", { name: "Analytics" }));
  const figure = desk.getByRole("heading", { name: "Responses", exact: true }).locator("..");
  await seen(figure.filter({ hasText: new RegExp(`^Responses\\s+${before + 1}\\b`) }));
  await seen(desk.getByText("The first of all").first());
  await onEach(desk);
  return { id, email, survey };
}

async function responsesSoFar(): Promise<number> {
  const { json } = await demo.call("/csat/api/analytics");
  return Number(json.current?.responses);
}

test("from a note to the rating in the panel and the dashboard; the second visit says it is recorded, a second answer gets 409", async () => {
  const { id, email, survey } = await live("The scanner hums");
  const link = linkOf((await demo.mailsTo(email))[0], 4);
  await survey.goto(link);
  await seen(survey.getByText("Your rating is already recorded."));
  expect(await survey.getByRole("radio").count()).toBe(0);
  // S25
  expect((await demo.call(link, { body: { rating: 1 } })).status).toBe(409);
  expect((await demo.panel(id)).response).toMatchObject({ rating: 5 });
});

test("with the keyboard alone", async () => {
  await live("The door sticks", { hands: keyboard });
});

test("without script", async () => {
  await live("The lamp is out", { screen: { javaScriptEnabled: false } });
});

/** Fails where one would have to scroll sideways. */
async function fitsItsWidth(page: Page): Promise<void> {
  // Before its style sheets are there a page has another width.
  await page.waitForLoadState("load");
  const { content, screen } = await page.evaluate(() => ({
    content: document.scrollingElement?.scrollWidth ?? 0,
    screen: document.documentElement.clientWidth,
  }));
  expect(content, `width of ${page.url()}`).toBeLessThanOrEqual(screen);
}

test("on a screen of 320 pixels, nothing wider than it", async () => {
  await live("The tap drips", { screen: { viewport: { width: 320, height: 568 } }, onEach: fitsItsWidth });
});

test("at a zoom of 200 %, nothing wider than the screen", async () => {
  // A window of 1280 × 720 at that zoom has half the pixels of CSS, each drawn with two.
  const screen = { viewport: { width: 640, height: 360 }, deviceScaleFactor: 2 };
  await live("The desk wobbles", { screen, onEach: fitsItsWidth });
});

/** Fails where the page or its text keeps the colours of the day. */
async function isDark(page: Page): Promise<void> {
  const { ground, ink } = await page.evaluate(() => {
    const brightness = (color: string) => Math.max(...(color.match(/\d+/g) ?? []).slice(0, 3).map(Number));
    const { backgroundColor, color } = getComputedStyle(document.body);
    return { ground: brightness(backgroundColor), ink: brightness(color) };
  });
  expect(ground, `ground of ${page.url()}`).toBeLessThan(64);
  expect(ink, `ink of ${page.url()}`).toBeGreaterThan(192);
}

test("in the dark", async () => {
  await live("The blinds are stuck", { screen: { colorScheme: "dark" }, onEach: isDark });
});

/** The link for a 4 in the mail about a new ticket. */
async function mailedLink(subject: string) {
  const { id, email } = await demo.ticket({ subject });
  await demo.resolve(id);
  await demo.advance({ hours: 25 });
  return { id, link: linkOf((await demo.mailsTo(email))[0], 4) };
}

test("the survey's page comes in one request, of 15 kB compressed at most", async () => {
  const { link } = await mailedLink("The window rattles");
  const page = await aVisitor({ browser, origin: demo.origin });
  const asked: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith("data:")) asked.push(request.url());
  });
  const response = await page.goto(link, { waitUntil: "networkidle" });
  expect(asked).toEqual([link]);
  expect(gzipSync((await response?.body()) ?? "").byteLength).toBeLessThanOrEqual(15_000);
});

test("in Arabic the page runs from right to left, with 1 to 5 in the document's order", async () => {
  const { id, link } = await mailedLink("الطابعة لا تعمل");
  const survey = await aVisitor({ browser, origin: demo.origin, locale: "ar" });
  await survey.goto(link);
  expect(await survey.locator("html").getAttribute("dir")).toBe("rtl");
  expect(await survey.locator("html").getAttribute("lang")).toBe("ar");

  const tiles = await survey.getByRole("radio").all();
  const values = await Promise.all(tiles.map((tile) => tile.inputValue()));
  expect(values).toEqual(["1", "2", "3", "4", "5"]);
  const lefts = await Promise.all(tiles.map(async (tile) => (await tile.boundingBox())?.x ?? 0));
  expect(lefts).toEqual(lefts.toSorted((one, other) => other - one));
  expect(await survey.getByRole("radio", { name: "4" }).isChecked()).toBe(true);

  await survey.getByRole("radio", { name: "5" }).check();
  await survey.getByRole("textbox").fill("شكراً");
  await survey.getByRole("button").click();
  await seen(survey.getByText("شكراً", { exact: true }));
  expect((await demo.panel(id)).response).toMatchObject({ rating: 5, comment: "شكراً" });
});
