import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { aBrowser, aVisitor } from "../world/a-browser.ts";
import { aHostPage } from "../world/a-host-page.ts";
import { anOrigin } from "../world/an-origin.ts";
import { blockOf, bundleOf, frameworks } from "../world/guide-blocks.ts";
import { openHost } from "../world/open-host.ts";
import { seen } from "../world/the-story.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await aBrowser();
});
afterAll(async () => await browser.close());

const policy = blockOf({ heading: "Content security policy", language: "text" }).trim();
const plainPage = blockOf({ heading: "Plain HTML", language: "html" });
const headerFunction = blockOf({ heading: "Who is asking", language: "js" });

/** A page of the guide's HTML under the guide's policy, whose own script is `script`. */
async function anOpenGuide({
  script,
  html,
  needs = "",
}: {
  readonly script: string;
  readonly html: string;
  readonly needs?: string;
}) {
  const { origin, csat, asked } = await aHostPage();
  await csat.updateSettings("acme", { enabled: true });
  const page = await aVisitor({ browser, origin });
  await page.route("**/", (route) =>
    route.fulfill({
      contentType: "text/html",
      headers: { "content-security-policy": policy.replace("script-src", `script-src ${needs}`) },
      body: html.replace("</title>", '</title><link rel="icon" href="data:,">'),
    }),
  );
  await page.route("**/host.js", (route) =>
    route.fulfill({ contentType: "text/javascript; charset=utf-8", body: script }),
  );
  return { page, asked };
}

const ownScript = '<script type="module" src="/host.js"></script></body>';

test("the guide's plain page shows the dashboard to whoever has a session", async () => {
  const { page } = await anOpenGuide({ script: "", html: plainPage });
  // What a cookie would do in a host that has them.
  await page.setExtraHTTPHeaders({ authorization: "Bearer good" });
  await page.goto("/");
  await seen(page.getByRole("heading", { name: "Customer satisfaction" }));
});

test("the guide's header function lets the plain page in without a cookie", async () => {
  const { page } = await anOpenGuide({
    script: headerFunction,
    html: plainPage.replace("</body>", ownScript),
  });
  await page.addInitScript('sessionStorage.setItem("token", "good")');
  await page.goto("/");
  await seen(page.getByRole("heading", { name: "Customer satisfaction" }));
});

test("the guide's element for another origin shows its views, under a policy that names the origin", async () => {
  let api = "";
  const element = blockOf({ heading: "Another origin", language: "html" });
  const front = await anOrigin(({ url }, response) => {
    const isScript = url === "/host.js";
    response.setHeader("content-type", isScript ? "text/javascript" : "text/html");
    const named = policy.replace(/(connect-src|script-src)/g, `$1 ${api}`);
    response.setHeader("content-security-policy", named);
    const html = plainPage
      .replace("/csat/assets/", `${api}/csat/assets/`)
      .replace(/<csat-view.*<\/csat-view>/, element.trim().replace("https://api.example.com", api))
      .replace("</title>", '</title><link rel="icon" href="data:,">')
      .replace("</body>", ownScript);
    response.end(isScript ? headerFunction : html);
  });
  const host = await openHost({ isOpen: false, allowedOrigins: [front] });
  onTestFinished(host.close);
  api = host.origin;
  const page = await aVisitor({ browser, origin: front, further: [api] });
  await page.addInitScript('sessionStorage.setItem("token", "good")');
  await page.goto("/");
  await seen(page.getByRole("heading", { name: "Customer satisfaction" }));
});

test.each(frameworks)(
  "the guide's component for $name shows the dashboard at once, with its token, and names the tab",
  async (framework) => {
    const script = await bundleOf(framework);
    if (framework.says !== undefined) expect(script).toMatch(framework.says);
    const { page, asked } = await anOpenGuide({
      script,
      ...(framework.needs === undefined ? {} : { needs: framework.needs }),
      html: `<!doctype html><html lang="en"><title>Host</title><body><main></main>${ownScript}</html>`,
    });
    await page.goto("/");
    await seen(page.getByRole("heading", { name: "Customer satisfaction" }));
    await expect.poll(() => page.title()).toBe("Customer satisfaction");
    // Not once without the token, and refused, before.
    expect(asked.filter((request) => request === "GET /csat/api/analytics")).toHaveLength(1);
  },
);

test("the guide's colours reach the view", async () => {
  const { page } = await anOpenGuide({ script: "", html: plainPage });
  await page.setExtraHTTPHeaders({ authorization: "Bearer good" });
  await page.goto("/");
  await page.evaluate(
    (css) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      document.adoptedStyleSheets.push(sheet);
    },
    blockOf({ heading: "Colours", language: "css" }),
  );
  const chosen = page.locator("csat-view [aria-current]").first();
  await seen(chosen);
  // #6d28d9
  await expect
    .poll(() => chosen.evaluate((link) => getComputedStyle(link).backgroundColor))
    .toBe("rgb(109, 40, 217)");
});
