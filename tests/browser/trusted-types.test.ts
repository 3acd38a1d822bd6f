import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { aBrowser, aVisitor, aWatchedPage } from "./world/a-browser.ts";
import { openHost } from "./world/open-host.ts";
import { seen } from "./world/the-story.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await aBrowser();
});
afterAll(async () => await browser.close());

const base = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:";
const demand = `${base}; require-trusted-types-for 'script'`;

async function aStrictHost(policy: string) {
  const host = await openHost({ isOpen: false, policy });
  onTestFinished(host.close);
  await host.csat.updateSettings("acme", { enabled: true });
  return host;
}

test.each([
  ["any policy", demand],
  ["ours alone", `${demand}; trusted-types csat-view`],
  ["ours among others", `${demand}; trusted-types default csat-view dompurify`],
])("views are shown, followed and previewed where Trusted Types are demanded, with %s", async (_, policy) => {
  const { origin } = await aStrictHost(policy);
  // Fails when any text went into a sink.
  const page = await aVisitor({ browser, origin });
  await page.goto("/");
  await page.getByRole("link", { name: /^7 d/ }).click();
  await seen(page.getByRole("link", { name: /^7 d/ }).and(page.locator("[aria-current]")));
  await page.goto("/?src=/csat/api/settings");
  await page.getByLabel("Text above the rating").fill("Was it good?");
  await seen(page.frameLocator("iframe[name=csat-preview]").getByText("Was it good?"));
  await page.getByRole("button", { name: "Save" }).click();
  await seen(page.getByText("Saved."));
});

test("a page demands them: text that its own script makes HTML is refused", async () => {
  const { origin } = await aStrictHost(demand);
  const { page, troubles } = await aWatchedPage({ browser, origin });
  onTestFinished(async () => await page.context().close());
  await page.goto("/");
  await seen(page.getByRole("heading", { name: "Customer satisfaction" }));
  expect(troubles()).toEqual([]);
  const refused = "(() => { try { document.body.innerHTML = '<p>'; return false } catch { return true } })()";
  expect(await page.evaluate(refused)).toBe(true);
});

test("a second copy of the module makes no second policy, which the page would refuse", async () => {
  const { origin } = await aStrictHost(`${demand}; trusted-types csat-view`);
  const page = await aVisitor({ browser, origin });
  await page.goto("/");
  await seen(page.getByRole("heading", { name: "Customer satisfaction" }));
  await page.evaluate("import('/csat/assets/csat-view.js?again')");
  await page.evaluate("document.querySelector('csat-view').setAttribute('src', '/csat/api/webhooks')");
  await seen(page.getByRole("heading", { name: "Webhook deliveries" }));
});

test.each(["trusted-types other", "trusted-types 'none'"])(
  "a page whose policy says %s is told what to add to it",
  async (list) => {
    const { origin } = await aStrictHost(`${demand}; ${list}`);
    const { page } = await aWatchedPage({ browser, origin });
    onTestFinished(async () => await page.context().close());
    await page.goto("/");
    await seen(page.getByText("This page's policy trusted-types must name csat-view."));
  },
);
