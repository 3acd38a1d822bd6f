import { chromiumFlags } from "@csat-internal/test-support";
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from "playwright-core";
import { expect, inject, onTestFinished } from "vitest";

/** Starts the Chromium of this run. */
export async function aBrowser(): Promise<Browser> {
  return await chromium.launch({ executablePath: inject("chromiumPath"), args: [...chromiumFlags] });
}

/** Somebody at a screen. */
export interface Visit extends BrowserContextOptions {
  readonly browser: Browser;
  /** The only origin that may be asked for anything, beside those in `further`. */
  readonly origin: string;
  readonly further?: readonly string[];
}

/** An empty page of somebody's own, closed when the test ends, which fails when the page had troubles. */
export async function aVisitor(visit: Visit): Promise<Page> {
  const { page, troubles } = await aWatchedPage(visit);
  onTestFinished(async () => {
    await page.context().close();
    expect(troubles()).toEqual([]);
  });
  return page;
}

/** A page, and what went wrong in it and in those it opened. */
export interface WatchedPage {
  readonly page: Page;
  /**
   * Since the last call: another origin was asked for anything, a content security policy was broken, missing or had
   * `unsafe-inline`, a script threw.
   */
  troubles(): readonly string[];
}

/** An empty page under watch. */
export async function aWatchedPage({
  browser,
  origin,
  further = [],
  ...options
}: Visit): Promise<WatchedPage> {
  const context = await browser.newContext({ baseURL: origin, ...options });
  // How long it looks at what does not come.
  context.setDefaultTimeout(60_000);
  const troubles = troublesOf(context, [origin, ...further]);
  return { page: await context.newPage(), troubles: () => troubles.splice(0) };
}

function troublesOf(context: BrowserContext, origins: readonly string[]): string[] {
  const troubles: string[] = [];
  context.on("request", (request) => {
    const url = new URL(request.url());
    if (url.protocol !== "data:" && !origins.includes(url.origin)) troubles.push(`asked ${url.origin}`);
  });
  context.on("response", (response) => {
    const { "content-type": type = "", "content-security-policy": policy = "" } = response.headers();
    if (!type.startsWith("text/html")) return;
    if (policy === "" || policy.includes("unsafe-inline")) {
      troubles.push(`${new URL(response.url()).pathname} sent the policy "${policy}"`);
    }
  });
  context.on("console", (message) => {
    if (message.text().includes("Content Security Policy")) troubles.push(message.text());
  });
  context.on("weberror", (error) => void troubles.push(error.error().message));
  return troubles;
}
