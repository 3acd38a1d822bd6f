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

const analytics = "/csat/api/analytics";
const settings = "/csat/api/settings";

async function anOpenHost(src = analytics) {
  const host = await aHostPage();
  await host.csat.updateSettings("acme", { enabled: true });
  const page = await aVisitor({ browser, origin: host.origin });
  await page.goto(`/?src=${encodeURIComponent(src)}`);
  return { ...host, page };
}

/** The range that the dashboard shows as chosen, in the page's only element or in one by id. */
const chosen = (page: Page, name: RegExp, id = "") =>
  page.locator(`csat-view${id}`).getByRole("link", { name }).and(page.locator("[aria-current]"));

test("Back leads to the view before, Forward to the one after, and the page's address stays", async () => {
  const { page, asked } = await anOpenHost();
  await page.getByRole("link", { name: /^7 d/ }).click();
  await seen(chosen(page, /^7 d/));
  await page.getByRole("link", { name: /^90 d/ }).click();
  await seen(chosen(page, /^90 d/));
  const address = page.url();
  await page.goBack();
  await seen(chosen(page, /^7 d/));
  await page.goBack();
  await seen(chosen(page, /^30 d/));
  await page.goForward();
  await seen(chosen(page, /^7 d/));
  expect(page.url()).toBe(address);
  expect(asked.filter((request) => request.startsWith("GET /?"))).toHaveLength(1);
});

test("a reload, and Back from another page, find the view that stood there", async () => {
  const { page } = await anOpenHost();
  await page.getByRole("link", { name: /^7 d/ }).click();
  await seen(chosen(page, /^7 d/));
  await page.reload();
  await seen(chosen(page, /^7 d/));
  await page.goto("/tickets/1");
  await page.goBack();
  await seen(chosen(page, /^7 d/));
});

test("what the host's router keeps in the history stays beside it", async () => {
  const { page } = await anOpenHost();
  await page.evaluate("history.replaceState({ idx: 3 }, '')");
  await page.getByRole("link", { name: /^7 d/ }).click();
  await seen(chosen(page, /^7 d/));
  expect(await page.evaluate("history.state.idx")).toBe(3);
});

test("going through the history with changes asks; no keeps them, yes leaves", async () => {
  const { page } = await anOpenHost(settings);
  await page.getByRole("link", { name: "Analytics" }).click();
  await seen(chosen(page, /^30 d/));
  for (const answer of ["dismiss", "accept"] as const) {
    await page.goBack();
    await page.getByLabel("Subject").fill("Well?");
    const asked = page.waitForEvent("dialog");
    await page.evaluate("history.forward()");
    await (await asked)[answer]();
    if (answer === "accept") break;
    expect(await page.getByLabel("Subject").inputValue()).toBe("Well?");
    // No forgot what came after.
    page.once("dialog", (dialog) => void dialog.accept());
    await page.getByRole("link", { name: "Analytics" }).click();
    await seen(chosen(page, /^30 d/));
  }
  await seen(chosen(page, /^30 d/));
});

test("another src is shown as soon as it is set", async () => {
  const { page } = await anOpenHost();
  await page.getByRole("link", { name: /^7 d/ }).click();
  await seen(chosen(page, /^7 d/));
  await page.evaluate(`document.querySelector("csat-view").setAttribute("src", "${settings}")`);
  await seen(page.getByRole("heading", { name: "Customer satisfaction surveys" }));
  await page.evaluate(`document.querySelector("csat-view").setAttribute("src", "${analytics}")`);
  await seen(chosen(page, /^30 d/));
});

test("an element that is taken out of the page stops asking, and asks again where it is put back", async () => {
  const { page } = await anOpenHost();
  await seen(chosen(page, /^30 d/));
  const held: (() => Promise<void>)[] = [];
  await page.route("**/analytics?days=7", (route) => void held.push(() => route.continue()));
  await page.getByRole("link", { name: /^7 d/ }).click();
  await expect.poll(() => held.length).toBe(1);
  const aborted = page.waitForEvent("requestfailed");
  await page.evaluate("window.view = document.querySelector('csat-view'), window.view.remove()");
  expect((await aborted).url()).toContain("days=7");
  await page.evaluate("document.querySelector('main').append(window.view), undefined");
  // What it showed before stands in it until the new answer comes: that one is told.
  await expect
    .poll(() => page.evaluate("window.told.map(([type]) => type)"))
    .toEqual(["csat-navigate", "csat-navigate"]);
  await seen(chosen(page, /^30 d/));
});

test("two elements of one page keep their views apart, also going back, and share the style sheet", async () => {
  const { page, asked } = await anOpenHost();
  await seen(chosen(page, /^30 d/));
  await page.evaluate(`{
    const [first, second] = [document.querySelector("csat-view"), document.createElement("csat-view")];
    first.id = "first";
    second.id = "second";
    second.headers = first.headers;
    second.setAttribute("src", "${analytics}");
    document.querySelector("main").append(second);
  }`);
  await seen(chosen(page, /^30 d/, "#second"));
  await page.locator("#second").getByRole("link", { name: /^7 d/ }).click();
  await seen(chosen(page, /^7 d/, "#second"));
  await page.locator("#first").getByRole("link", { name: /^90 d/ }).click();
  await seen(chosen(page, /^90 d/, "#first"));
  await seen(chosen(page, /^7 d/, "#second"));
  await page.goBack();
  await seen(chosen(page, /^30 d/, "#first"));
  await seen(chosen(page, /^7 d/, "#second"));
  expect(asked.filter((request) => request === "GET /csat/assets/csat.css")).toHaveLength(1);
});

test("a header function that comes after the element is used: what was refused without it is asked for again", async () => {
  const { page, asked } = await anOpenHost("/nothing");
  await page.evaluate(`{
    const view = document.createElement("csat-view");
    view.id = "late";
    view.setAttribute("src", "${analytics}");
    document.querySelector("main").replaceChildren(view);
  }`);
  await seen(page.getByText("Sign in first."));
  await page.evaluate(
    "document.querySelector('#late').headers = () => ({ authorization: 'Bearer good' }), undefined",
  );
  await seen(chosen(page, /^30 d/, "#late"));
  expect(asked.filter((request) => request === `GET ${analytics}`)).toHaveLength(2);
});

test("a header function that was set before the element was defined counts", async () => {
  const { page } = await anOpenHost();
  await page.route("**/host.js", (route) =>
    route.fulfill({
      contentType: "text/javascript",
      body: `const view = document.createElement("csat-view");
        view.headers = () => ({ authorization: "Bearer good" });
        view.setAttribute("src", "${analytics}");
        document.querySelector("main").append(view);
        import("/csat/assets/csat-view.js");`,
    }),
  );
  await page.reload();
  await seen(chosen(page, /^30 d/));
});

test("nothing jumps when the first view comes: its room was kept", async () => {
  const { origin } = await aHostPage({ hasHistory: true });
  const page = await aVisitor({ browser, origin });
  await page.addInitScript(`window.shifts = [];
    new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map(({ value }) => value)))
      .observe({ type: "layout-shift" });`);
  const held: (() => Promise<void>)[] = [];
  await page.route("**/api/analytics", (route) => void held.push(() => route.continue()));
  await page.goto("/");
  await expect.poll(() => held.length).toBe(1);
  // Shifts are told of frames that were drawn. This host puts its element in late, which is a shift of its own.
  await page.screenshot();
  await page.evaluate("window.shifts.length = 0");
  await held[0]?.();
  await seen(page.getByRole("heading", { name: "Customer satisfaction" }));
  await page.screenshot();
  expect(await page.evaluate("window.shifts")).toEqual([]);
});
