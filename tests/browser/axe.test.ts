import { sized } from "@csat-internal/test-support";
import axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { aBrowser, aWatchedPage, type WatchedPage } from "./world/a-browser.ts";
import { anEmptyDemo, fillScene } from "./world/a-scene.ts";
import { type Face, facesOf, firstFaces, oneOfEachKind } from "./world/faces.ts";
import { fillHost } from "./world/fill-host.ts";
import { hostFaces } from "./world/host-faces.ts";
import { openHost } from "./world/open-host.ts";

let demo: Awaited<ReturnType<typeof anEmptyDemo>>;
let browser: Browser;
// One for all: a new one costs more than a look at it.
let watched: WatchedPage;
beforeAll(async () => {
  [demo, browser] = await Promise.all([anEmptyDemo(), aBrowser()]);
  watched = await aWatchedPage({ browser, origin: demo.origin, reducedMotion: "reduce" });
});
afterAll(async () => {
  await browser.close();
  await demo.close();
});

const standards = { type: "tag" as const, values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] };
/** Darkness changes colours alone. */
const rulesOfColor = { type: "rule" as const, values: ["color-contrast", "link-in-text-block"] };

async function wrongsOf(all: readonly Face[], seenBy: WatchedPage): Promise<readonly string[]> {
  const found: string[] = [];
  for (const face of sized({ usual: oneOfEachKind(all), full: all }))
    found.push(...(await wrongs(face, seenBy)).map((wrong) => `${face.name}: ${wrong}`));
  return found;
}

/** Opens the page in its state and answers what is wrong with it, by axe and by the browser itself. */
async function wrongs(face: Face, { page, troubles }: WatchedPage): Promise<readonly string[]> {
  await face.before?.(page);
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize(face.screen ?? { width: 1280, height: 800 });
  await page.setExtraHTTPHeaders({ ...face.headers });
  await page.goto(face.path);
  await face.prepare?.(page);
  return [...(await violations(page)), ...(await widerThanPhone(page)), ...troubles()];
}

/** What axe finds wrong in light and in dark, one line per place. */
async function violations(page: Page): Promise<readonly string[]> {
  await leaveSandbox(page);
  await page.evaluate(axe.source);
  const found: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const runOnly = colorScheme === "light" ? standards : rulesOfColor;
    const results = await page.evaluate((options) => window.axe.run(document, options), {
      runOnly,
      resultTypes: ["violations" as const],
      // What stands in frames is looked at as a page of its own.
      iframes: false,
      preload: false,
    });
    for (const { id, nodes } of results.violations) {
      found.push(
        ...nodes.map(({ target, failureSummary }) => `${colorScheme}, ${id}: ${target} ${failureSummary}`),
      );
    }
  }
  return found;
}

async function widerThanPhone(page: Page): Promise<readonly string[]> {
  await page.setViewportSize({ width: 320, height: 568 });
  const width = await page.evaluate(() => document.scrollingElement?.scrollWidth ?? 0);
  return width <= 320 ? [] : [`is ${width} pixels wide on a screen of 320`];
}

// In the sandbox that mails are shown in, axe waits for timers that never come.
async function leaveSandbox(page: Page): Promise<void> {
  const isSandboxed = await page.evaluate(() => window.origin === "null");
  if (!isSandboxed) return;
  const html = await page.content();
  await page.goto("about:blank");
  await page.setContent(html);
}

declare global {
  interface Window {
    /** Put there by axe's source. */
    readonly axe: typeof axe;
  }
}

test("pages keep to WCAG 2.2 AA, light and dark, to their policy, and to 320 pixels", async () => {
  expect(await wrongsOf(firstFaces, watched)).toEqual([]);
  const scene = await fillScene(demo, { tickets: 40, days: 3 });
  expect(await wrongsOf(facesOf(scene), watched)).toEqual([]);
});

test("so do views, each as a page of its own and inside <csat-view>, whatever outsiders wrote", async () => {
  const host = await openHost({ isOpen: true });
  onTestFinished(host.close);
  await fillHost(host);
  const visit = { browser, origin: host.origin, reducedMotion: "reduce" as const };
  expect(await wrongsOf(hostFaces, await aWatchedPage(visit))).toEqual([]);
});
