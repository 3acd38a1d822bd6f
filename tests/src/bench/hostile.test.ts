import { expect, test } from "vitest";
import { hostileRequests } from "./hostile-requests.ts";
import { hostileWorld } from "./hostile-world.ts";

// What a form was refused for is shown again to be corrected; a quote of it is "&quot;".
const mostShownAgain = 64_000 * "&quot;".length;

test("no hostile request fails, or gets an answer that grows with it beyond what it typed itself", async () => {
  const { handle, token } = await hostileWorld();
  const requests = hostileRequests(token);
  expect(new Set(requests.map(({ name }) => name)).size).toBe(requests.length);
  expect(requests.length).toBeGreaterThanOrEqual(200);
  for (const { name, hostile, empty } of requests) {
    const usual = (await (await handle(empty())).text()).length;
    const request = hostile();
    const { method } = request;
    const response = await handle(request);
    expect(response.status, name).toBeLessThan(500);
    const most = method === "GET" ? 40_000 : mostShownAgain + 25_000;
    expect((await response.text()).length, name).toBeLessThan(usual + most);
  }
});

test("a header or a host changes nothing of the page but its language", async () => {
  const { handle, token } = await hostileWorld();
  const pages = hostileRequests(token).filter(({ name }) => /^GET \/r\/(x|TOKEN), [a-z-]+ of /.test(name));
  expect(pages.length).toBeGreaterThanOrEqual(200);
  for (const { name, hostile, empty } of pages.filter(
    ({ name }) => !/, (accept|rating) of|a query of/.test(name),
  )) {
    const [page, usual] = [await handle(hostile()), await handle(empty())];
    expect(page.status, name).toBe(usual.status);
    const [text, usualText] = [await page.text(), await usual.text()];
    const isGerman = name.endsWith("accept-language of valid languages");
    if (isGerman) expect(text, name).toContain('<html lang="de"');
    else expect(text, name).toBe(usualText);
  }
});
