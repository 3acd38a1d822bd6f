import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aHelpdesk, type HelpdeskClient } from "../../examples/helpdesk/src/tests/a-helpdesk.ts";
import { aBrowser, aVisitor } from "./world/a-browser.ts";
import { aHostPage } from "./world/a-host-page.ts";
import { keyboard } from "./world/hands.ts";
import { seen } from "./world/the-story.ts";

let demo: HelpdeskClient & { readonly close: () => Promise<void> };
let browser: Browser;
beforeAll(async () => {
  [demo, browser] = await Promise.all([aHelpdesk(), aBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await demo.close();
});

/** The page of a ticket that was resolved just now, in a browser without script. */
async function aResolvedTicket(): Promise<{ readonly page: Page; readonly id: string }> {
  const { id } = await demo.ticket({ subject: "The lamp is out" });
  await demo.resolve(id);
  const page = await aVisitor({ browser, origin: demo.origin, javaScriptEnabled: false });
  await page.goto(`/tickets/${id}`);
  return { page, id };
}

// S64, S68
test("an operator leaves a ticket out and lets it in, without script and by keyboard alone", async () => {
  const { page, id } = await aResolvedTicket();
  await keyboard.press(page.getByRole("button", { name: "Do not ask" }));
  await seen(page.getByText("Left out by Olivia"));
  expect(new URL(page.url()).pathname).toBe(`/tickets/${id}`);
  await keyboard.press(page.getByRole("button", { name: "Ask after all" }));
  await page.getByText("Left out by Olivia").waitFor({ state: "detached" });
  expect(await demo.journal(id)).toEqual(expect.arrayContaining(["left_out", "canceled:left_out", "let_in"]));
});

// S64
test("inside <csat-view> the panel follows without a page of its own", async () => {
  const host = await aHostPage();
  const ref = { workspaceId: "acme", ticketId: "T1" };
  await host.csat.updateSettings("acme", { enabled: true });
  await host.csat.ticketResolved({ ...ref, actorId: "bob", resolvedAt: host.clock.now() });
  const page = await aVisitor({ browser, origin: host.origin });
  await page.goto(`/?src=${encodeURIComponent("/csat/api/tickets/T1")}`);
  await page.getByRole("button", { name: "Do not ask" }).click();
  await seen(page.getByText("Left out by olivia"));
  expect(await host.csat.getTicketPanel(ref)).toMatchObject({ leftOut: true });
  await page.getByRole("button", { name: "Ask after all" }).click();
  await page.getByText("Why?").click();
  await seen(page.getByRole("button", { name: "Do not ask" }));
  expect(host.asked.filter((request) => request.startsWith("GET /?"))).toHaveLength(1);
});

const thirty = "Days of rest after asking";

/** Answers the settings that stand in the demo. */
async function standing(): Promise<unknown> {
  return (await demo.call("/csat/api/settings")).json;
}

// S67, S69
test.each([
  ["with script", true],
  ["without script", false],
])(
  "settings are tried on the past before they are saved, and nothing typed is lost, %s",
  async (_, script) => {
    const email = `flood-${script}@customers.example`;
    for (const subject of ["One", "Two", "Three"]) {
      const { id } = await demo.ticket({ subject, email });
      await demo.resolve(id);
    }
    await demo.advance({ hours: 25 });
    const before = await standing();
    const page = await aVisitor({ browser, origin: demo.origin, javaScriptEnabled: script });
    await page.goto("/settings/csat");
    await keyboard.write(page.getByLabel("Subject"), "Well?");
    await page.getByLabel(thirty).fill("30");
    await keyboard.press(page.getByRole("button", { name: "Try on the last 30 days" }));
    await seen(page.getByText(/Of [0-9]+ resolved tickets, [0-9]+ would have been asked about/));
    await seen(page.getByRole("rowheader", { name: "Not asked: this customer was asked, or has answered" }));
    expect(await standing()).toEqual(before);
    expect(await page.getByLabel("Subject").inputValue()).toBe("Well?");
    await keyboard.press(page.getByRole("button", { name: "Save" }));
    await seen(page.getByText("Saved."));
    expect(await standing()).toMatchObject({ subject: "Well?", cooldownDays: 30 });
    await demo.settings({ subject: null, cooldownDays: 0 });
  },
);

// S69
test("a number out of its bounds is held back by the browser, and stays in sight when surveys are switched off", async () => {
  const page = await aVisitor({ browser, origin: demo.origin });
  await page.goto("/settings/csat");
  await page.getByLabel(thirty).fill("366");
  await page.getByRole("button", { name: "Save" }).click();
  expect(await page.getByLabel(thirty).evaluate((field) => field.matches(":focus:invalid"))).toBe(true);
  await page.getByRole("switch").uncheck();
  await seen(page.getByLabel(thirty));
  await page.getByLabel(thirty).fill("365");
  expect(await page.getByLabel(thirty).isVisible()).toBe(false);
});
