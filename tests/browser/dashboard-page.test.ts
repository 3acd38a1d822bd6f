import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { aBrowser, aVisitor } from "./world/a-browser.ts";
import { aHostPage } from "./world/a-host-page.ts";
import { seen } from "./world/the-story.ts";

test("the dashboard as a page of its own comes in one request, of 60 kB compressed at most", async () => {
  const [browser, { origin }] = await Promise.all([aBrowser(), aHostPage({ hasHistory: true })]);
  try {
    const page = await aVisitor({
      browser,
      origin,
      extraHTTPHeaders: { authorization: "Bearer good" },
    });
    const asked: string[] = [];
    page.on("request", (request) => {
      if (!request.url().startsWith("data:")) asked.push(request.url());
    });
    const response = await page.goto("/csat/api/analytics?days=30", { waitUntil: "networkidle" });
    await seen(page.getByRole("heading", { name: "By operator" }));
    expect(asked).toEqual([`${origin}/csat/api/analytics?days=30`]);
    expect(gzipSync((await response?.body()) ?? "").byteLength).toBeLessThanOrEqual(60_000);
  } finally {
    await browser.close();
  }
});
