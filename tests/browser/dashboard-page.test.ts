import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { aBrowser, aVisitor } from "./world/a-browser.ts";
import { aHostPage } from "./world/a-host-page.ts";
import { anEmptyDemo } from "./world/a-scene.ts";
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

test("the values of an attribute are set side by side by keyboard and without script, in one row of a host's page", async () => {
  // S85
  const [browser, demo] = await Promise.all([aBrowser(), anEmptyDemo()]);
  try {
    await demo.call("/api/seed", { body: { tickets: 60, days: 20, seed: 7 } });
    const page = await aVisitor({ browser, origin: demo.origin, javaScriptEnabled: false });
    await page.goto("/csat/api/analytics");
    const choice = page.getByLabel("Compare by");
    // The demo's own labels stand above their fields.
    const [list, button] = [choice, page.getByRole("button", { name: "Compare" })].map((part) =>
      part.boundingBox(),
    );
    const middleOf = (box: Awaited<typeof list>) => Math.round((box?.y ?? 0) + (box?.height ?? 0) / 2);
    expect(middleOf(await list)).toBe(middleOf(await button));
    await choice.focus();
    await page.keyboard.type("tags");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForURL(/by=tags$/);
    const table = page.getByRole("region", { name: "By attribute: tags" });
    await seen(table);
    await seen(page.getByText("A ticket can have several of these values"));
    // On a phone the averages are seen whole, and the estimates by moving the table on.
    await page.setViewportSize({ width: 320, height: 568 });
    const average = table.locator("td.number").nth(1);
    const [inside, whole] = await Promise.all([average.boundingBox(), table.boundingBox()]);
    const endOf = (box: typeof inside) => (box?.x ?? 0) + (box?.width ?? 0);
    expect(endOf(inside)).toBeLessThanOrEqual(endOf(whole));
  } finally {
    await browser.close();
    await demo.close();
  }
});
