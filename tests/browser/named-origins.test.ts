import { readFile } from "node:fs/promises";
import { csatViews } from "@csat/ui";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { aBrowser, aVisitor, aWatchedPage } from "./world/a-browser.ts";
import { anOrigin } from "./world/an-origin.ts";
import { answer } from "./world/fill-host.ts";
import { type Host, openHost } from "./world/open-host.ts";
import { seen } from "./world/the-story.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await aBrowser();
});
afterAll(async () => await browser.close());

/** A front end that stands elsewhere than the handler. It brings the element along, as a bundle does. */
async function aFrontEnd(): Promise<string> {
  const script = csatViews({ basePath: "/csat" }).asset("csat-view.js")?.body;
  return await anOrigin(({ url }, response) => {
    const isScript = url === "/csat-view.js";
    response.setHeader(
      "content-type",
      isScript ? "text/javascript; charset=utf-8" : "text/html; charset=utf-8",
    );
    // Forbids nothing that is tested here: what keeps a stranger out must not be the stranger's own policy.
    response.setHeader("content-security-policy", "connect-src *; require-trusted-types-for 'script'");
    response.end(
      isScript
        ? script
        : '<!doctype html><html lang="en"><title>Front end</title><link rel="icon" href="data:,"><main></main></html>',
    );
  });
}

/** A handler on one origin, a front end that it names on another, and a third that it does not name. */
async function threeOrigins() {
  const [named, stranger] = [await aFrontEnd(), await aFrontEnd()];
  const host = await openHost({ isOpen: false, allowedOrigins: [named] });
  onTestFinished(host.close);
  await host.csat.updateSettings("acme", { enabled: true, sendDelay: "immediately" });
  return { host, named, stranger };
}

interface Shown {
  readonly page: Page;
  readonly src: string;
  readonly crossorigin?: string | null;
  readonly token?: string | null;
  /** Where the element's module comes from. */
  readonly script?: string;
}

/** Puts the element into the page, as the front end's own script would. */
async function show({ page, src, crossorigin = "", token = "good", script = "/csat-view.js" }: Shown) {
  await page.goto("/");
  await page.evaluate(`import(${JSON.stringify(script)}).then(() => {})`);
  await page.evaluate(
    (given) => {
      const view = Object.assign(document.createElement("csat-view"), {
        headers: given.token === null ? null : () => ({ authorization: `Bearer ${given.token}` }),
      });
      if (given.crossorigin !== null) view.setAttribute("crossorigin", given.crossorigin);
      view.setAttribute("src", given.src);
      document.querySelector("main")?.replaceChildren(view);
    },
    { src, crossorigin, token },
  );
}

const visited = async ({ host, origin }: { readonly host: Host; readonly origin: string }) =>
  await aVisitor({ browser, origin, further: [host.origin] });

const unreachable = "The server could not be reached.";
const session = { name: "session", value: "good", domain: "127.0.0.1", path: "/" } as const;

describe("a page of a named origin", () => {
  test("shows a ticket's panel, the dashboard and the links in it, with a token and no cookie", async () => {
    // S51
    const { host, named } = await threeOrigins();
    await answer(host, { ticketId: "T1", rating: 4, comment: null });
    const page = await visited({ host, origin: named });
    const sent: Promise<Readonly<Record<string, string>>>[] = [];
    page.on("request", (request) => {
      if (request.url().startsWith(host.origin)) sent.push(request.allHeaders());
    });
    await page.context().addCookies([{ ...session, value: "bad" }]);
    await show({ page, src: `${host.origin}/csat/api/tickets/T1` });
    await seen(page.locator("csat-view").getByText("CSAT 4/5"));
    await show({ page, src: `${host.origin}/csat/api/analytics` });
    await page.getByRole("link", { name: /^7 d/ }).click();
    await seen(page.getByRole("link", { name: /^7 d/ }).and(page.locator("[aria-current]")));
    expect(page.url()).toBe(`${named}/`);
    await page.goBack();
    await seen(page.getByRole("link", { name: /^30 d/ }).and(page.locator("[aria-current]")));
    expect(await page.getByRole("link", { name: /^7 d/ }).getAttribute("href")).toBe(
      `${host.origin}/csat/api/analytics?days=7`,
    );
    const asked = host.asked.filter((request) => request.includes("/csat/api/"));
    expect(asked).toContain("OPTIONS /csat/api/analytics?days=7");
    // This page would send it: a browser tells hosts apart, not ports.
    const cookies = (await Promise.all(sent)).map(({ cookie }) => cookie);
    expect(new Set(cookies)).toEqual(new Set([undefined]));
  });

  test("changes settings, and sees the mail as it would be", async () => {
    // S51
    const { host, named } = await threeOrigins();
    const page = await visited({ host, origin: named });
    await show({ page, src: `${host.origin}/csat/api/settings` });
    await page.getByLabel("Subject").fill("Well?");
    await page.getByLabel("Text above the rating").fill("Was it good?");
    await seen(page.frameLocator("iframe[name=csat-preview]").getByText("Was it good?"));
    await page.getByRole("button", { name: "Save" }).click();
    await seen(page.getByText("Saved."));
    expect(await host.csat.getSettings("acme")).toMatchObject({ subject: "Well?" });
  });

  test("loads the element from the handler's own origin", async () => {
    const { host, named } = await threeOrigins();
    const page = await visited({ host, origin: named });
    await show({
      page,
      src: `${host.origin}/csat/api/webhooks`,
      script: `${host.origin}/csat/assets/csat-view.js`,
    });
    await seen(page.getByRole("heading", { name: "Webhook deliveries" }));
  });

  test("sends cookies where the element says use-credentials, and then alone", async () => {
    // S51
    const { host, named } = await threeOrigins();
    const page = await visited({ host, origin: named });
    await page.context().addCookies([session]);
    const src = `${host.origin}/csat/api/settings`;
    await show({ page, src, token: null });
    await seen(page.getByText("Sign in first."));
    await show({ page, src, token: null, crossorigin: "use-credentials" });
    await page.getByLabel("Subject").fill("Well?");
    await page.getByRole("button", { name: "Save" }).click();
    await seen(page.getByText("Saved."));
    expect(await host.csat.getSettings("acme")).toMatchObject({ subject: "Well?" });
  });

  test("asks no other origin than its own where the element does not say crossorigin", async () => {
    const { host, named } = await threeOrigins();
    const page = await visited({ host, origin: named });
    await show({ page, src: `${host.origin}/csat/api/analytics`, crossorigin: null });
    await seen(page.getByText("src leads to no view of this site."));
    expect(host.asked).toEqual([]);
  });
});

test("answers are saved as a file with the token that a link could not send", async () => {
  const { host, named } = await threeOrigins();
  await answer(host, { ticketId: "T1", rating: 2, comment: "Slow." });
  for (const [origin, base] of [
    [named, host.origin],
    [host.origin, ""],
  ] as const) {
    const page = await visited({ host, origin });
    if (origin === named) await show({ page, src: `${base}/csat/api/analytics` });
    else await page.goto("/");
    const coming = page.waitForEvent("download");
    await page.getByRole("link", { name: "CSV" }).click();
    const file = await coming;
    expect(file.suggestedFilename()).toBe("csat-responses-30-days.csv");
    expect(await readFile(await file.path(), "utf8")).toContain("Slow.");
    await seen(page.getByRole("heading", { name: "Customer satisfaction" }));
  }
});

test("a file that is refused is said, and the view comes back on a press", async () => {
  const { host, named } = await threeOrigins();
  const page = await visited({ host, origin: named });
  await show({ page, src: `${host.origin}/csat/api/analytics` });
  await page.route("**/responses.csv*", (route) =>
    route.fulfill({ status: 503, headers: { "access-control-allow-origin": named } }),
  );
  await page.getByRole("link", { name: "CSV" }).click();
  await seen(page.getByText("The server answered without a file (503)."));
  await page.getByRole("button", { name: "Try again" }).click();
  await seen(page.getByRole("heading", { name: "Customer satisfaction" }));
});

describe("a page of an origin that is not named", () => {
  test("shows nothing, with a token or with the operator's cookie, and its token is never sent", async () => {
    // S51
    const { host, stranger } = await threeOrigins();
    const { page } = await aWatchedPage({ browser, origin: stranger });
    onTestFinished(async () => await page.context().close());
    await page.context().addCookies([session]);
    for (const view of ["analytics", "settings", "tickets/T1", "webhooks"]) {
      for (const crossorigin of ["", "use-credentials"]) {
        await show({ page, src: `${host.origin}/csat/api/${view}`, crossorigin });
        await seen(page.getByText(unreachable));
      }
    }
    const asked = host.asked.filter((request) => request.includes("/csat/api/"));
    expect(asked.filter((request) => !request.startsWith("OPTIONS "))).toEqual([]);
    expect(asked.length).toBeGreaterThanOrEqual(8);
  });

  test("reads nothing and changes nothing by scripts and forms of its own, with the operator's cookie", async () => {
    // S51
    const { host, stranger } = await threeOrigins();
    const { page } = await aWatchedPage({ browser, origin: stranger });
    onTestFinished(async () => await page.context().close());
    await page.context().addCookies([session]);
    await page.goto("/");
    const before = await host.csat.getSettings("acme");
    const outcomes = await page.evaluate(async (settings) => {
      const told = (call: Promise<Response>) =>
        call.then(
          ({ type }) => type,
          () => "failed",
        );
      const form = new URLSearchParams({ form: "settings", subject: "Hacked" });
      const json = { "content-type": "application/json" };
      const credentials = "include";
      return [
        await told(fetch(settings, { credentials })),
        await told(fetch(settings, { method: "POST", body: form, credentials })),
        await told(fetch(settings, { method: "PUT", body: "{}", headers: json, credentials })),
        await told(fetch(settings, { method: "POST", body: form, mode: "no-cors", credentials })),
      ];
    }, `${host.origin}/csat/api/settings`);
    expect(outcomes).toEqual(["failed", "failed", "failed", "failed"]);
    await page.evaluate((settings) => {
      const form = Object.assign(document.createElement("form"), { method: "post", action: settings });
      for (const [name, value] of Object.entries({ form: "settings", subject: "Hacked" })) {
        form.append(Object.assign(document.createElement("input"), { name, value }));
      }
      document.body.append(form);
      form.submit();
    }, `${host.origin}/csat/api/settings`);
    await seen(page.getByText("This request comes from another site than publicUrl."));
    expect(await host.csat.getSettings("acme")).toEqual(before);
  });
});
