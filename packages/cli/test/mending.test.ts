import type { DeliveryResult } from "@csat/core";
import { memoryWebhookTransport } from "@csat/memory";
import { afterEach, expect, test } from "vitest";
import { aDesk, type Desk } from "./support/a-desk.ts";
import { reportsOf } from "./support/doctor-reports.ts";
import { migratedDatabase, type OpenDatabase } from "./support/open-databases.ts";
import { runCsat } from "./support/run-csat.ts";

const opened: OpenDatabase[] = [];
afterEach(async () => {
  for (const database of opened.splice(0)) await database.close();
});

async function anEnabledDesk(given: Parameters<typeof aDesk>[1] = {}): Promise<Desk> {
  const database = await migratedDatabase();
  opened.push(database);
  const desk = aDesk(database.db, given);
  await desk.enable();
  return desk;
}

/** The doctor's findings, and its exit code when publicUrl, which nobody serves here, is left out. */
async function findings({ config, clock }: Desk) {
  const { exitCode, found } = await reportsOf(config, {
    options: "--skip publicUrl --skip clock",
    now: clock.now,
  });
  const all = Object.values(found).flatMap((report) => (report.status === "finding" ? [report] : []));
  return { exitCode, codes: all.map(({ code }) => code), remedy: all[0]?.remedy ?? "" };
}

/** Runs a command that a remedy names, as it stands there. */
async function runNamed({ config, clock }: Desk, remedy: string) {
  const [, words = ""] = /\bcsat ([\w-]+ \w+)/.exec(remedy) ?? [];
  return runCsat(words, { config, now: clock.now });
}

test("a dead mail server is a finding within two minutes, and none once what waited has left", async () => {
  // S12
  const desk = await anEnabledDesk();
  desk.mailer.answerWith({ kind: "unavailable", error: "connection refused", concerns: "route" });
  await desk.resolve("T1");
  for (let half = 0; half < 4; half++) {
    await desk.csat.runDue();
    await desk.clock.advance({ seconds: 30 });
  }
  const { exitCode, codes } = await findings(desk);
  expect([exitCode, codes]).toEqual([1, ["surveys_overdue", "mail_failing"]]);
  desk.mailer.answerWith({ kind: "accepted", messageId: null });
  await desk.clock.advance({ minutes: 2 });
  await desk.csat.runDue();
  expect(await findings(desk)).toMatchObject({ exitCode: 0, codes: [] });
});

test("surveys that were given up are a finding, and its command, run as printed, sends them", async () => {
  // S12
  const desk = await anEnabledDesk();
  desk.mailer.answerWith({ kind: "unavailable", error: "450", concerns: "recipient" });
  await desk.resolve("T1");
  for (const minutes of [0, 1, 5, 30, 120, 360]) {
    await desk.clock.advance({ minutes });
    await desk.csat.runDue();
  }
  const { exitCode, codes, remedy } = await findings(desk);
  expect([exitCode, codes]).toEqual([1, ["surveys_failed"]]);
  expect(remedy).toContain("csat retry-failed acme");
  desk.mailer.answerWith({ kind: "accepted", messageId: null });
  expect(await runNamed(desk, remedy)).toMatchObject({
    exitCode: 0,
    stdout: "Surveys that are due again: 1.\n",
  });
  await desk.csat.runDue();
  expect(await findings(desk)).toMatchObject({ exitCode: 0, codes: [] });
});

test("a refused recipient is no finding: nothing that anybody runs would mend it", async () => {
  // S12
  const desk = await anEnabledDesk();
  desk.mailer.answerWith({ kind: "refused", error: "550 5.1.1" });
  await desk.resolve("T1");
  await desk.csat.runDue();
  await desk.clock.advance({ hours: 1 });
  expect(await findings(desk)).toMatchObject({ exitCode: 0, codes: [] });
});

test("a dead receiver is a finding; what it never took is listed by dead, and replay delivers it", async () => {
  // S54
  let result: DeliveryResult = { ok: false, retryable: true, retryAfterMs: null, error: "HTTP 503" };
  const webhooks = memoryWebhookTransport({
    endpoints: [{ id: "crm", url: "https://crm.example.com" }],
    result: () => result,
  });
  const desk = await anEnabledDesk({ webhooks });
  await desk.answer("T1", 1, "a secret comment");
  await desk.csat.runDue();
  await desk.clock.advance({ minutes: 2 });
  expect(await findings(desk)).toMatchObject({ exitCode: 1, codes: ["receiver_failing"] });
  for (const minutes of [1, 5, 30, 120, 360]) {
    await desk.clock.advance({ minutes });
    await desk.csat.runDue();
  }
  const { codes, remedy } = await findings(desk);
  expect(codes).toEqual(["events_dead"]);
  const listed = await runCsat("dead acme", { config: desk.config });
  expect(listed).toMatchObject({ exitCode: 1, stdout: expect.stringContaining("crm: HTTP 503") });
  expect(listed.stdout).not.toContain("secret");
  result = { ok: true };
  expect(await runNamed(desk, remedy)).toMatchObject({
    exitCode: 0,
    stdout: "Events that are due again: 1.\n",
  });
  await desk.csat.runDue();
  expect(await findings(desk)).toMatchObject({ exitCode: 0, codes: [] });
  expect((await runCsat("dead acme", { config: desk.config })).exitCode).toBe(0);
});

test("replay sends again what a receiver took and lost: of an event, or of a time, to one endpoint", async () => {
  // S54
  const webhooks = memoryWebhookTransport({
    endpoints: ["crm", "chat"].map((id) => ({ id, url: `https://${id}.example.com` })),
  });
  const desk = await anEnabledDesk({ webhooks });
  await desk.answer("T1", 5);
  await desk.csat.runDue();
  const [event] = (await desk.csat.listEvents("acme")).items;
  const run = (words: string) => runCsat(`replay acme ${words}`, { config: desk.config });
  const again = (count: number) => ({ exitCode: 0, stdout: `Events that are due again: ${count}.\n` });
  const day = "--from 2000-01-01T00:00:00Z --until 2100-01-01T00:00:00Z";
  expect(await run("")).toMatchObject(again(0));
  expect(await run(day)).toMatchObject(again(0));
  expect(await run(`--event ${event?.id} --delivered`)).toMatchObject(again(1));
  await desk.csat.runDue();
  expect(await run(`${day} --delivered --endpoint crm`)).toMatchObject(again(1));
  await desk.csat.runDue();
  const [replayed] = (await desk.csat.listEvents("acme")).items;
  expect(replayed?.deliveries).toMatchObject([{ attempts: 1 }, { attempts: 1 }]);
  expect(await run(`${day} --delivered --endpoint fax`)).toMatchObject(again(0));
});

test.each([
  ["--delivered", "--delivered needs --event, or --from and --until"],
  ["--from 2026-11-27T09:00:00Z", "--until must be a time"],
  ["--from 2026-11-27 --until 2026-11-28", "--from must be a time"],
  [
    "--event e1 --from 2026-11-27T09:00:00Z --until 2026-11-27T10:00:00Z",
    "Give --event, or --from and --until.",
  ],
])("replay refuses %s before it changes anything", async (words, message) => {
  const desk = await anEnabledDesk();
  expect(await runCsat(`replay acme ${words}`, { config: desk.config })).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining(message),
  });
});

test("an event that is not there cannot be replayed", async () => {
  const desk = await anEnabledDesk();
  expect(await runCsat("replay acme --event nothing", { config: desk.config })).toMatchObject({
    exitCode: 1,
    stdout: "Events that are due again: 0. Nothing to replay: 1.\n",
  });
});

test("erase needs --yes, and leaves a tombstone alone", async () => {
  // S56
  const desk = await anEnabledDesk();
  await desk.answer("T1", 2, "a secret comment");
  const refused = await runCsat("erase T1 --workspace acme", { config: desk.config });
  expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("--yes") });
  expect(await desk.csat.getTicketPanel({ workspaceId: "acme", ticketId: "T1" })).toMatchObject({
    state: "answered",
  });
  const erased = await runCsat("erase T1 --workspace acme --yes", { config: desk.config });
  expect(erased).toMatchObject({ exitCode: 0, stdout: "Ticket T1 of workspace acme is erased.\n" });
  expect(await desk.csat.getTicketPanel({ workspaceId: "acme", ticketId: "T1" })).toEqual({ state: "none" });
});
