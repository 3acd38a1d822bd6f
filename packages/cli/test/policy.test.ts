import { createCsat } from "@csat/core";
import { fakeClock, inProcessScheduler, memoryMailer, memoryStorage, memoryTickets } from "@csat/memory";
import { expect, test } from "vitest";
import { runCsat } from "./support/run-csat.ts";

/** Five tickets of one customer, two days ago, who was asked about each. */
async function aDesk() {
  const clock = fakeClock("2026-03-05T10:00:00.000Z");
  const tickets = memoryTickets();
  const csat = createCsat({
    storage: memoryStorage({ clock }),
    scheduler: inProcessScheduler({ clock }),
    mailer: memoryMailer(),
    tickets,
    clock,
    publicUrl: "http://127.0.0.1:1",
  });
  await csat.updateSettings("acme", { enabled: true, sendDelay: "immediately" });
  for (let number = 0; number < 5; number += 1) {
    const ticketId = `T${number}`;
    const customer = { name: "Dana", email: "dana@example.com", locale: null };
    tickets.put("acme", { ticketId, status: "resolved", customer });
    await csat.ticketResolved({ workspaceId: "acme", ticketId, actorId: "bob", resolvedAt: clock.now() });
    await csat.runDue();
  }
  await clock.advance(2 * 86_400_000);
  return { csat };
}

test("csat policy show prints whom a workspace asks", async () => {
  // S69, S75
  const config = await aDesk();
  await config.csat.updateSettings("acme", { cooldownDays: 30, answerCooldownDays: 1, samplePercent: 25 });
  await config.csat.updateSettings("acme", { linkExpiryDays: 30 });
  const { exitCode, stdout } = await runCsat("policy show --workspace acme", { config });
  expect(exitCode).toBe(0);
  expect(stdout.split("\n")).toEqual([
    "Surveys                on",
    "After being asked      not again within 30 days",
    "After an answer        not again within 1 day",
    "Of a hundred tickets   25",
    "Links end              after 30 days",
    "",
  ]);
  const { stdout: json } = await runCsat("policy show --workspace other --json", { config });
  expect(JSON.parse(json)).toEqual({
    enabled: false,
    cooldownDays: 0,
    answerCooldownDays: 0,
    samplePercent: 100,
    linkExpiryDays: null,
  });
});

test("csat policy try says what a cooldown would have made of past days, and changes nothing", async () => {
  // S67
  const config = await aDesk();
  const { exitCode, stdout, stderr } = await runCsat("policy try --workspace acme --cooldown-days 30", {
    config,
  });
  expect([exitCode, stderr]).toEqual([0, ""]);
  expect(stdout.split("\n")).toEqual([
    "2026-02-06 to 2026-03-07: of 5 resolved tickets, 1 would have been asked about.",
    "Not asked: 4",
    expect.stringMatching(/^ {8}4 {2}asked_recently: /),
    "Customers asked: 1, of them more than once: 0",
    "",
  ]);
  expect(await config.csat.getSettings("acme")).toMatchObject({ cooldownDays: 0 });
});

test("csat policy try takes all three settings and days of its own, as JSON too", async () => {
  const config = await aDesk();
  const words = "policy try --workspace acme --answer-cooldown-days 90 --percent 100 --days 7 --json";
  const ran = await runCsat(words, { config });
  expect(JSON.parse(ran.stdout)).toMatchObject({ from: "2026-03-01", to: "2026-03-07", sent: 5 });
  const days = "policy try --workspace acme --from 2026-03-06 --to 2026-03-07";
  const { stdout } = await runCsat(days, { config });
  expect(stdout).toContain("of 0 resolved tickets, 0 would have been asked about");
});

test("progress is shown on a screen", async () => {
  const config = await aDesk();
  const { stderr } = await runCsat("policy try --workspace acme", { config, screens: ["stderr"] });
  expect(stderr).toContain("Trying it on the history of acme 100 %");
});

test.each([
  ["policy", "show|try is missing"],
  ["policy shown --workspace acme", "csat policy show or csat policy try"],
  ["policy try", "--workspace is needed"],
  ["policy try --workspace acme --cooldown-days -1", "--cooldown-days"],
  ["policy try --workspace acme --cooldown-days 366", "--cooldown-days must be a whole number from 0 to 365"],
  ["policy try --workspace acme --percent 0", "--percent must be a whole number from 1 to 100"],
  ["policy try --workspace acme --percent 2.5", "--percent must be a whole number"],
  ["policy try --workspace acme --days 8", "--days must be 7, 30 or 90"],
  ["policy try --workspace acme --from 2026-03-06", "--to must be a date"],
])("csat %s says %j and ends with 2", async (words, message) => {
  const { exitCode, stderr } = await runCsat(words, { config: await aDesk() });
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining(message)]);
});
