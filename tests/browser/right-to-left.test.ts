import { expect, onTestFinished, test } from "vitest";
import { aBrowser, aVisitor } from "./world/a-browser.ts";
import { aHostPage } from "./world/a-host-page.ts";
import { keyboard } from "./world/hands.ts";
import { seen } from "./world/the-story.ts";

/** An Arabic reader, signed in at a desk with a history. */
async function aReader(path: string) {
  const [browser, host] = await Promise.all([aBrowser(), aHostPage({ hasHistory: true })]);
  onTestFinished(async () => await browser.close());
  const extraHTTPHeaders = { authorization: "Bearer good", "accept-language": "ar" };
  const page = await aVisitor({ browser, origin: host.origin, extraHTTPHeaders });
  await page.goto(path);
  return { page, host };
}

test("the settings in Arabic are changed and saved by keyboard alone, from right to left", async () => {
  const { page, host } = await aReader("/csat/api/settings");
  expect(await page.locator("html").getAttribute("dir")).toBe("rtl");
  const [subject, save] = [page.getByLabel("الموضوع"), page.getByRole("button", { name: "حفظ" })];
  expect(await save.isDisabled()).toBe(true);
  const label = await page.getByText("الموضوع", { exact: true }).boundingBox();
  const field = await subject.boundingBox();
  const endOf = (box: typeof field) => Math.round((box?.x ?? 0) + (box?.width ?? 0));
  expect(endOf(label)).toBe(endOf(field));
  await keyboard.write(subject, "كيف كانت {{ticket_subject}}؟");
  await keyboard.press(save);
  await seen(page.getByText("تم الحفظ."));
  expect((await host.csat.getSettings("acme")).subject).toBe("كيف كانت {{ticket_subject}}؟");
});

test("the dashboard in Arabic leads to other days by keyboard, its bars grow from the right, its days run on", async () => {
  const { page } = await aReader("/csat/api/analytics?days=90");
  await keyboard.press(page.getByRole("link", { name: /^7 ي/ }));
  await page.waitForURL(/days=7$/);
  await seen(page.getByRole("heading", { name: "رضا العملاء" }));
  const bar = page.locator(".share").first();
  expect(await bar.evaluate((svg) => getComputedStyle(svg).transform)).toBe("matrix(-1, 0, 0, 1, 0, 0)");
  const ticks = await page.locator(".ticks text").all();
  const places = await Promise.all(ticks.map(async (tick) => (await tick.boundingBox())?.x ?? 0));
  expect(places).toEqual(places.toSorted((one, other) => one - other));
  expect(await page.evaluate(() => document.scrollingElement?.scrollWidth)).toBe(page.viewportSize()?.width);
});
