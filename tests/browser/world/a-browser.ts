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
  /** The only origin that may be asked for anything. */
  readonly origin: string;
}

/**
 * An empty page of somebody's own, closed when the test ends. The test fails when one of their pages asked another
 * origin for anything, went against its content security policy, sent one with `unsafe-inline` or none, or threw.
 */
export async function aVisitor({ browser, origin, ...options }: Visit): Promise<Page> {
  const context = await browser.newContext({ baseURL: origin, ...options });
  context.setDefaultTimeout(10_000);
  const troubles = troublesOf(context, origin);
  onTestFinished(async () => {
    await context.close();
    expect(troubles).toEqual([]);
  });
  return await context.newPage();
}

function troublesOf(context: BrowserContext, origin: string): readonly string[] {
  const troubles: string[] = [];
  context.on("request", (request) => {
    const url = new URL(request.url());
    if (url.protocol !== "data:" && url.origin !== origin) troubles.push(`asked ${url.origin}`);
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
