import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aBrowser, aVisitor } from "./world/a-browser.ts";
import { aHostPage } from "./world/a-host-page.ts";
import { answer } from "./world/fill-host.ts";
import type { Host } from "./world/open-host.ts";
import { seen } from "./world/the-story.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await aBrowser();
});
afterAll(async () => await browser.close());

/** A host's page, open in a browser that fails the test when the page's policy was broken. */
async function anOpenHost(
  src = "/csat/api/analytics",
  before: (host: Host) => Promise<void> = async () => {},
) {
  const host = await aHostPage();
  await host.csat.updateSettings("acme", { enabled: true, sendDelay: "immediately" });
  await before(host);
  const page = await aVisitor({ browser, origin: host.origin });
  await page.goto(`/?src=${encodeURIComponent(src)}`);
  return { ...host, page };
}

/** What the element told the host: event names and paths. */
async function told(page: Page): Promise<readonly string[]> {
  const events: unknown = await page.evaluate("window.told.map(([type, { url }]) => type + ' ' + url)");
  return Array.isArray(events) ? events.map((event) => String(event).replace(/http:\/\/[^/]*/, "")) : [];
}

test("a view stands in the host's page, with its style, under a policy of 'self' alone", async () => {
  const { page } = await anOpenHost();
  const heading = page.getByRole("heading", { name: "Customer satisfaction" });
  await seen(heading);
  expect(await heading.evaluate((element) => getComputedStyle(element).fontSize)).toBe("20px");
  expect(await told(page)).toEqual(["csat-navigate /csat/api/analytics"]);
  expect(await page.locator("csat-view").getAttribute("aria-busy")).toBeNull();
});

test("links are followed inside the element, and the new heading gets the focus", async () => {
  const { page, asked } = await anOpenHost();
  await page.getByRole("link", { name: /^7 d/ }).click();
  await seen(page.getByRole("link", { name: /^7 d/ }).and(page.locator("[aria-current]")));
  expect(await told(page)).toContain("csat-navigate /csat/api/analytics?days=7");
  expect(await page.evaluate("document.querySelector('csat-view').shadowRoot.activeElement.localName")).toBe(
    "h1",
  );
  expect(asked.filter((request) => request.startsWith("GET /?"))).toHaveLength(1);
});

test("a form that reads is sent inside the element", async () => {
  const { page } = await anOpenHost();
  await page.getByText("Custom", { exact: true }).click();
  await page.getByLabel("From ").fill("2026-01-01");
  await page.getByLabel("To").fill("2026-01-31");
  await page.getByRole("button", { name: "Show these days" }).click();
  await seen(page.getByText("Jan 1 – 31, 2026"));
});

const settings = "/csat/api/settings";

test("a form is posted inside the element, and what it leads to is shown", async () => {
  const { page, csat, asked } = await anOpenHost(settings);
  await page.getByLabel("Subject").fill("Well?");
  await page.getByRole("button", { name: "Save" }).click();
  await expect.poll(async () => (await told(page)).length).toBe(2);
  expect(await csat.getSettings("acme")).toMatchObject({ enabled: true, subject: "Well?" });
  expect(asked.filter((request) => request === "GET /csat/api/settings?saved=1")).toHaveLength(1);
});

test("a link to the host's own pages is the browser's to follow", async () => {
  const host = await anOpenHost("/csat/api/webhooks", (opened) =>
    answer(opened, { ticketId: "T1", rating: 4, comment: null }),
  );
  const { page } = host;
  await page.getByRole("link", { name: "ticket T1" }).click();
  await page.waitForURL("**/tickets/T1");
});

test("Save waits for a change, and for a change that was taken back again", async () => {
  const { page } = await anOpenHost(settings);
  const save = page.getByRole("button", { name: "Save" });
  expect(await save.isDisabled()).toBe(true);
  await page.getByRole("switch").uncheck();
  expect(await save.isDisabled()).toBe(false);
  await page.getByRole("switch").check();
  expect(await save.isDisabled()).toBe(true);
});

test("leaving with changes asks; no keeps them, yes leaves", async () => {
  const { page } = await anOpenHost(settings);
  await page.getByLabel("Subject").fill("Well?");
  page.once("dialog", (dialog) => void dialog.dismiss());
  await page.getByRole("link", { name: "Analytics" }).click();
  expect(await page.getByLabel("Subject").inputValue()).toBe("Well?");
  page.once("dialog", (dialog) => void dialog.accept());
  await page.getByRole("link", { name: "Analytics" }).click();
  await seen(page.getByRole("heading", { name: "Customer satisfaction" }));
});

test("closing the page with changes asks", async () => {
  const { page } = await anOpenHost(settings);
  await page.getByLabel("Subject").fill("Well?");
  const asks = page.waitForEvent("dialog");
  const closing = page.close({ runBeforeUnload: true });
  const dialog = await asks;
  expect(dialog.type()).toBe("beforeunload");
  await dialog.dismiss();
  await closing;
});

test("a placeholder goes in at the cursor of the field used last", async () => {
  const { page } = await anOpenHost(settings);
  const body = page.getByLabel("Text above the rating");
  await body.fill("Hello .");
  await body.press("End");
  await body.press("ArrowLeft");
  await page.getByRole("button", { name: "{{customer_name}}" }).click();
  expect(await body.inputValue()).toBe("Hello {{customer_name}}.");
  expect(await page.getByRole("button", { name: "Save" }).isDisabled()).toBe(false);
});

test("the preview shows the mail as it would be, styled, and follows what is typed", async () => {
  const { page } = await anOpenHost(settings);
  const mail = page.frameLocator("iframe[name=csat-preview]");
  const button = mail.getByRole("link", { name: "Rate 5 of 5" });
  await seen(button);
  expect(await button.evaluate((link) => getComputedStyle(link).display)).toBe("block");
  await page.getByLabel("Text above the rating").fill("Was it good?");
  await seen(mail.getByText("Was it good?"));
});

test("a tip stands beside what it tells of, under the pointer and at the focus, until Escape", async () => {
  const { page } = await anOpenHost(settings);
  const button = page.getByRole("button", { name: "{{customer_name}}" });
  const tip = page.getByRole("tooltip");
  await button.hover();
  await seen(tip.filter({ hasText: "Insert at the cursor" }));
  await page.keyboard.press("Escape");
  await tip.waitFor({ state: "hidden" });
  await page.mouse.move(0, 0);
  await button.focus();
  await seen(tip);
  expect(await button.getAttribute("aria-describedby")).toBe(await tip.getAttribute("id"));
});

test("a refusal is shown, and told to the host", async () => {
  const { page } = await anOpenHost();
  await page.evaluate("window.token = 'bad'");
  await page.getByRole("link", { name: /^7 d/ }).click();
  await seen(page.getByRole("heading", { name: "That did not work" }));
  expect(await told(page)).toContain("csat-error /csat/api/analytics?days=7");
  expect(await page.evaluate("window.told.at(-1)[1].message")).toBe("Sign in first.");
});

test("a server that is away is said, and tried again on a press", async () => {
  const { page } = await anOpenHost();
  await seen(page.getByRole("heading", { name: "Customer satisfaction" }));
  await page.context().setOffline(true);
  await page.getByRole("link", { name: /^7 d/ }).click();
  await seen(page.getByText("The server could not be reached."));
  await page.context().setOffline(false);
  await page.getByRole("button", { name: "Try again" }).click();
  await seen(page.getByRole("link", { name: /^7 d/ }).and(page.locator("[aria-current]")));
});

test("of two views that are asked for, the later one stands, even if it comes first", async () => {
  const { page } = await anOpenHost();
  const held: (() => Promise<void>)[] = [];
  await page.route("**/analytics?days=7", (route) => void held.push(() => route.continue()));
  await page.getByRole("link", { name: /^7 d/ }).click();
  await expect.poll(() => held.length).toBe(1);
  await page.getByRole("link", { name: /^90 d/ }).click();
  await seen(page.getByRole("link", { name: /^90 d/ }).and(page.locator("[aria-current]")));
  await held[0]?.().catch(() => {});
  expect(await told(page)).not.toContain("csat-navigate /csat/api/analytics?days=7");
});

test("a view of another site is not asked for", async () => {
  const { page } = await anOpenHost("https://evil.example/csat/api/analytics");
  await seen(page.getByText("src leads to no view of this site."));
});
