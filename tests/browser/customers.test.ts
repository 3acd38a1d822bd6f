import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aHelpdesk, type HelpdeskClient } from "../../examples/helpdesk/src/tests/a-helpdesk.ts";
import { aBrowser, aVisitor } from "./world/a-browser.ts";
import { aHostPage } from "./world/a-host-page.ts";
import { keyboard } from "./world/hands.ts";
import { seen } from "./world/the-story.ts";

let demo: HelpdeskClient & { readonly close: () => Promise<void> };
let browser: Browser;
beforeAll(async () => {
  [demo, browser] = await Promise.all([aHelpdesk({ database: { kind: "memory" } }), aBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await demo.close();
});

// S74
test.each([
  ["with script", true],
  ["without script", false],
])("an admin finds a customer, has nobody ask them, and takes it back by keyboard, %s", async (_, script) => {
  const page = await aVisitor({ browser, origin: demo.origin, javaScriptEnabled: script });
  await page.goto("/settings/csat");
  await keyboard.press(page.getByRole("link", { name: "Customers whom we do not ask" }));
  await seen(page.getByText("Everybody may be asked"));
  const address = "maya@customers.example";
  await keyboard.write(page.getByLabel("E-mail address"), address);
  await keyboard.press(page.getByRole("button", { name: "Look up" }));
  await seen(page.getByText("Nothing: this customer may be asked."));
  // No address stands where browsers, proxies and logs keep it.
  expect(page.url()).not.toContain("maya");
  await keyboard.press(page.getByRole("button", { name: "Do not ask this customer" }));
  await seen(page.getByText("somebody decided that this customer is not asked").first());
  expect(await page.content()).not.toContain(address);
  await keyboard.press(page.getByRole("button", { name: "Lift" }));
  await seen(page.getByText("Everybody may be asked"));
  await page.close();
});

// S74
test("an opt-out is lifted with the day of the customer's consent, and not before it is given", async () => {
  const who = { id: "4712" };
  await demo.call("/csat/api/customers/suppress", { body: { ...who, reason: "opted_out" } });
  const page = await aVisitor({ browser, origin: demo.origin });
  await page.goto("/settings/customers");
  const lift = page.getByRole("button", { name: "Lift" });
  await lift.click();
  // The browser asks for the day first.
  expect(
    await page.getByLabel("Day on which the customer agreed").evaluate((field) => field.matches(":invalid")),
  ).toBe(true);
  await page.getByLabel("Day on which the customer agreed").fill("2026-01-31");
  await lift.click();
  await seen(page.getByText("Everybody may be asked"));
  expect((await demo.call("/csat/api/customers/lookup", { body: who })).text).toBe('{"suppressions":[]}');
});

// S74
test("inside <csat-view> looking up and suppressing stay on the host's page", async () => {
  const host = await aHostPage();
  const page = await aVisitor({ browser, origin: host.origin });
  await page.goto(`/?src=${encodeURIComponent("/csat/api/customers/suppressed")}`);
  await page.getByLabel("Customer ID").fill("7");
  await page.getByRole("button", { name: "Look up" }).click();
  await page.getByRole("button", { name: "Do not ask this customer" }).click();
  await seen(page.getByRole("button", { name: "Lift" }));
  expect(await host.csat.suppressionsOf("acme", { id: "7" })).toMatchObject([{ reason: "by_hand" }]);
  expect(host.asked.filter((request) => request.startsWith("GET /?"))).toHaveLength(1);
});
