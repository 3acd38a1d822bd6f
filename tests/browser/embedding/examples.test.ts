import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import * as react from "@csat-examples/react";
import * as vue from "@csat-examples/vue";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aBrowser, aVisitor } from "../world/a-browser.ts";
import { freePort } from "../world/free-port.ts";
import { seen } from "../world/the-story.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await aBrowser();
});
afterAll(async () => await browser.close());

const examples = [
  { name: "React", startServer: react.startServer },
  { name: "Vue", startServer: vue.startServer },
];

describe.each(examples)("the example for $name", ({ startServer }) => {
  let server: Awaited<ReturnType<typeof startServer>>;
  beforeAll(async () => {
    server = await startServer({ port: await freePort() });
  });
  afterAll(async () => await server.close());

  /** The built front end, open in a browser that fails the test when the policy was broken. */
  async function anOpenExample(): Promise<Page> {
    const page = await aVisitor({ browser, origin: server.origin });
    await page.goto("/");
    return page;
  }

  test("shows the dashboard, told by csat-navigate, under a policy of 'self' alone", async () => {
    const page = await anOpenExample();
    const heading = page.locator("csat-view").getByRole("heading", { name: "Customer satisfaction" });
    await seen(heading);
    expect(await heading.evaluate((element) => getComputedStyle(element).fontSize)).toBe("20px");
    await seen(page.getByText("Shown: Customer satisfaction"));
  });

  test("follows links inside the element, and the page stays", async () => {
    const page = await anOpenExample();
    let loads = 0;
    page.on("load", () => loads++);
    await page.getByRole("link", { name: /^7 d/ }).click();
    await seen(page.getByRole("link", { name: /^7 d/ }).and(page.locator("[aria-current]")));
    await page.locator(".ratings a").first().click();
    await seen(page.getByText("Shown: Responses"));
    expect(page.url()).toBe(`${server.origin}/`);
    expect(loads).toBe(0);
  });

  test("changes from view to view by another src, and lets an operator see a ticket", async () => {
    const page = await anOpenExample();
    await page.getByRole("button", { name: "Ticket T-1" }).click();
    await seen(page.locator("csat-view").getByText(/CSAT \d\/5/));
    await page.getByRole("button", { name: "Settings" }).click();
    await page.locator("csat-view").getByLabel("Subject").fill("How was it?");
    await page.locator("csat-view").getByRole("button", { name: "Save" }).click();
    await expect
      .poll(() => page.locator("csat-view").getByRole("button", { name: "Save" }).isDisabled())
      .toBe(true);
    expect(await page.locator("csat-view").getByLabel("Subject").inputValue()).toBe("How was it?");
    await page.getByRole("button", { name: "Dashboard" }).click();
    await seen(page.getByText("Shown: Customer satisfaction"));
    await page.getByLabel("Signed in as").selectOption("bob");
    await page.getByRole("button", { name: "Ticket T-1" }).click();
    await seen(page.locator("csat-view").getByText(/CSAT \d\/5/));
  });

  test("asks with the token of whoever is signed in, by its header function", async () => {
    const page = await anOpenExample();
    const tokens: (string | undefined)[] = [];
    page.on("request", (request) => {
      if (request.url().includes("/csat/api/")) tokens.push(request.headers().authorization);
    });
    await page.reload();
    await seen(page.getByText("Shown: Customer satisfaction"));
    await page.getByLabel("Signed in as").selectOption("bob");
    await expect.poll(() => new Set(tokens)).toEqual(new Set(["Bearer olivia", "Bearer bob"]));
  });

  test("shows what went wrong, in the view and by csat-error, and recovers", async () => {
    const page = await anOpenExample();
    await page.getByLabel("Signed in as").selectOption("bob");
    const refusal = "Only owners and admins see analytics.";
    await seen(page.locator("csat-view").getByText(refusal));
    await seen(page.getByText(`The view says: ${refusal}`));
    await page.getByLabel("Signed in as").selectOption("olivia");
    await seen(page.locator("csat-view").getByRole("heading", { name: "Customer satisfaction" }));
    await page.getByText("The view says").waitFor({ state: "detached" });
  });
});

test("the Vue example's template holds the element with its types", async () => {
  const folder = fileURLToPath(new URL("../../../examples/vue", import.meta.url));
  // Fails with what it found wrong.
  await promisify(execFile)("npx", ["vue-tsc", "--noEmit", "-p", "tsconfig.json"], { cwd: folder });
});
