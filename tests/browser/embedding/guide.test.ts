import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aBrowser, aVisitor } from "../world/a-browser.ts";
import { aHostPage } from "../world/a-host-page.ts";
import { blockOf, bundleOf, frameworks } from "../world/guide-blocks.ts";
import { seen } from "../world/the-story.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await aBrowser();
});
afterAll(async () => await browser.close());

const policy = blockOf("text").trim();

/** A page of the guide's HTML under the guide's policy, whose own script is `script`. */
async function anOpenGuide({ script, html }: { readonly script: string; readonly html: string }) {
  const { origin, csat } = await aHostPage();
  await csat.updateSettings("acme", { enabled: true });
  const page = await aVisitor({ browser, origin });
  await page.route("**/", (route) =>
    route.fulfill({
      contentType: "text/html",
      headers: { "content-security-policy": policy },
      body: html.replace("</title>", '</title><link rel="icon" href="data:,">'),
    }),
  );
  await page.route("**/host.js", (route) =>
    route.fulfill({ contentType: "text/javascript; charset=utf-8", body: script }),
  );
  return page;
}

const ownScript = '<script type="module" src="/host.js"></script></body>';

test("the guide's plain page shows the dashboard to whoever has a session", async () => {
  const page = await anOpenGuide({ script: "", html: blockOf("html") });
  // What a cookie would do in a host that has them.
  await page.setExtraHTTPHeaders({ authorization: "Bearer good" });
  await page.goto("/");
  await seen(page.getByRole("heading", { name: "Customer satisfaction" }));
});

test("the guide's header function lets the plain page in without a cookie", async () => {
  const page = await anOpenGuide({
    script: blockOf("js"),
    html: blockOf("html").replace("</body>", ownScript),
  });
  await page.addInitScript('sessionStorage.setItem("token", "good")');
  await page.goto("/");
  await seen(page.getByRole("heading", { name: "Customer satisfaction" }));
});

test.each(frameworks)(
  "the guide's component in $language shows the dashboard and names the tab",
  async (framework) => {
    const page = await anOpenGuide({
      script: await bundleOf(framework),
      html: `<!doctype html><html lang="en"><title>Host</title><body><main></main>${ownScript}</html>`,
    });
    await page.goto("/");
    await seen(page.getByRole("heading", { name: "Customer satisfaction" }));
    await expect.poll(() => page.title()).toBe("Customer satisfaction");
  },
);

test("the guide's colours reach the view", async () => {
  const page = await anOpenGuide({ script: "", html: blockOf("html") });
  await page.setExtraHTTPHeaders({ authorization: "Bearer good" });
  await page.goto("/");
  await page.evaluate((css) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets.push(sheet);
  }, blockOf("css"));
  const chosen = page.locator("csat-view [aria-current]").first();
  await seen(chosen);
  // #6d28d9
  await expect
    .poll(() => chosen.evaluate((link) => getComputedStyle(link).backgroundColor))
    .toBe("rgb(109, 40, 217)");
});
