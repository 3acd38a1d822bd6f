import { expect, test } from "vitest";
import { aSystem, type System } from "./world/a-system.ts";
import { mailFigures, printFigures } from "./world/figures.ts";
import { watchLeases } from "./world/leases.ts";
import { answer, opens } from "./world/links.ts";
import { mailGate } from "./world/mail-gate.ts";
import type { Behavior, ReceivedMail } from "./world/mail-server.ts";
import { surveysTable } from "./world/surveys-table.ts";
import { until, untilAtLeast } from "./world/wait.ts";

const minuteMs = 60_000;

/** Surveys of `count` resolved tickets, not yet sent. */
async function dueSurveys(system: System, count: number): Promise<void> {
  const ticketIds = await system.addTickets({ workspaceId: "acme", count });
  await system.resolve({ workspaceId: "acme", ticketIds });
}

async function attempts({ pool }: System): Promise<readonly number[]> {
  const { rows } = await pool.query<{ attempts: number }>(
    `select attempts from ${surveysTable} where status <> 'sending' order by ticket_id`,
  );
  return rows.map((row) => row.attempts);
}

function print(scenario: string, { system, surveys }: { readonly system: System; readonly surveys: number }) {
  printFigures(scenario, {
    "surveys in": surveys,
    ...mailFigures({ surveys, mails: system.mailServer.taken }),
  });
}

test.concurrent("a mail server that is down costs no survey an attempt, and all leave when it is back", async ({
  onTestFinished,
}) => {
  // S12, S16
  const system = await aSystem({ onTestFinished });
  await system.mailServer.goDown();
  await dueSurveys(system, 20);
  const worker = system.startWorker();
  // The breaker lets few through: two failures mean that it closed once and opened again.
  await untilAtLeast(() => worker.lines.filter((line) => line.includes('"unavailable"')).length, 2);
  await until(() => system.statuses(), { scheduled: 20 });
  expect(await attempts(system)).toEqual(Array(20).fill(0));

  await system.mailServer.comeBack();
  worker.moveClock(2 * minuteMs);
  await until(() => system.statuses(), { sent: 20 });
  expect(await attempts(system)).toEqual(Array(20).fill(1));
  print("smtp down", { system, surveys: 20 });
  expect(mailFigures({ surveys: 20, mails: system.mailServer.taken })).toMatchObject({
    lost: 0,
    repeated: 0,
  });
});

test.concurrent("a mail server that takes its time gets each mail once, whoever else looks for work meanwhile", async ({
  onTestFinished,
}) => {
  // S10, S12
  const system = await aSystem({ onTestFinished });
  const gate = mailGate(0);
  const isSlow = ({ recipient }: ReceivedMail) => recipient.endsWith("@acme.example");
  system.mailServer.behavior = { onMail: (mail) => (isSlow(mail) ? gate.onMail() : "accept") };
  await dueSurveys(system, 5);
  system.startWorker();
  await until(() => system.mailServer.seen.length, 5);
  // They stay under way while another worker does all that is due.
  system.startWorker();
  await system.resolve({
    workspaceId: "swift",
    ticketIds: await system.addTickets({ workspaceId: "swift", count: 20 }),
  });
  await until(() => system.statuses(), { sending: 5, sent: 20 });
  gate.letPass(5);
  await until(() => system.statuses(), { sent: 25 });
  print("smtp slow", { system, surveys: 25 });
  expect(mailFigures({ surveys: 25, mails: system.mailServer.seen })).toMatchObject({ lost: 0, repeated: 0 });
});

test.concurrent("a mail server slower than the lease gets the same mail again, from whoever leases it next", async ({
  onTestFinished,
}) => {
  // S11, S13
  const system = await aSystem({ onTestFinished });
  const leases = await watchLeases(system.pool);
  const gate = mailGate(0);
  system.mailServer.behavior = { onMail: gate.onMail };
  await dueSurveys(system, 1);
  system.startWorker();
  await until(() => system.mailServer.seen.length, 1);
  await leases.endAll();
  system.startWorker();
  await until(() => system.mailServer.seen.length, 2);
  gate.letPass(2);
  await until(() => system.statuses(), { sent: 1 });
  const { taken } = system.mailServer;
  print("smtp slower than the lease", { system, surveys: 1 });
  expect(mailFigures({ surveys: 1, mails: taken })).toEqual({ mails: 2, distinct: 1, lost: 0, repeated: 1 });
  for (const mail of taken) expect(await opens(system, mail)).toBe(true);
});

test.concurrent.for<readonly [string, Behavior]>([
  ["4xx for the recipient", { onRecipient: () => 451 }],
  ["4xx after the mail", { onMail: () => 452 }],
  ["5xx after the mail", { onMail: () => 554 }],
])(
  "%s: six attempts by the table, then failed, and sent when a person asks for it",
  async ([name, behavior], { onTestFinished }) => {
    // S12
    const system = await aSystem({ onTestFinished });
    system.mailServer.behavior = behavior;
    await dueSurveys(system, 1);
    const worker = system.startWorker();
    const waits = [1, 5, 30, 120, 360];
    for (const [place, minutes] of waits.entries()) {
      await until(() => attempts(system), [place + 1]);
      worker.moveClock(minutes * minuteMs);
    }
    await until(() => system.statuses(), { failed: 1 });
    const { rows } = await system.pool.query(`select attempts, reason from ${surveysTable}`);
    expect(rows).toEqual([{ attempts: 6, reason: "attempts_used_up" }]);

    system.mailServer.behavior = {};
    expect(await system.csat.retryFailed("acme")).toBe(1);
    await until(() => system.statuses(), { sent: 1 });
    print(`smtp ${name}`, { system, surveys: 1 });
  },
);

test.concurrent("5xx for one recipient ends that survey alone, at once", async ({ onTestFinished }) => {
  // S12
  const system = await aSystem({ onTestFinished });
  system.mailServer.behavior = { onRecipient: (address) => (address.startsWith("t3@") ? 550 : null) };
  await dueSurveys(system, 10);
  system.startWorker();
  await until(() => system.statuses(), { sent: 9, failed: 1 });
  const { rows } = await system.pool.query(
    `select attempts, reason from ${surveysTable} where status = 'failed'`,
  );
  expect(rows).toEqual([{ attempts: 1, reason: "refused" }]);
});

test.concurrent("a connection dropped after DATA: the mail comes again with its Message-ID, and both links work", async ({
  onTestFinished,
}) => {
  // S11, S13
  const system = await aSystem({ onTestFinished });
  system.mailServer.behavior = { onMail: () => "drop" };
  await dueSurveys(system, 5);
  const worker = system.startWorker();
  await until(() => attempts(system), [1, 1, 1, 1, 1]);
  system.mailServer.behavior = {};
  worker.moveClock(minuteMs);
  await until(() => system.statuses(), { sent: 5 });
  const { taken } = system.mailServer;
  print("smtp drops after DATA", { system, surveys: 5 });
  expect(mailFigures({ surveys: 5, mails: taken })).toEqual({ mails: 10, distinct: 5, lost: 0, repeated: 5 });
  // The first mails of all five come before their repetitions.
  const [first] = taken;
  const again = taken.findLast(({ messageId }) => messageId === first?.messageId);
  if (first === undefined || again === undefined) throw new Error("There are no mails.");
  expect(await opens(system, again)).toBe(true);
  expect(await answer(system, first, 4)).toBe(201);
  expect(await answer(system, again, 2)).toBe(409);
});

test.concurrent("a connection dropped after DATA six times: failed as indeterminate, and an answer still counts", async ({
  onTestFinished,
}) => {
  // S11, S17
  const system = await aSystem({ onTestFinished });
  system.mailServer.behavior = { onMail: () => "drop" };
  await dueSurveys(system, 1);
  const worker = system.startWorker();
  for (const [place, minutes] of [1, 5, 30, 120, 360].entries()) {
    await until(() => attempts(system), [place + 1]);
    worker.moveClock(minutes * minuteMs);
  }
  await until(() => system.statuses(), { failed: 1 });
  const { rows } = await system.pool.query(`select attempts, reason from ${surveysTable}`);
  expect(rows).toEqual([{ attempts: 6, reason: "indeterminate" }]);
  const { taken } = system.mailServer;
  expect(mailFigures({ surveys: 1, mails: taken })).toEqual({ mails: 6, distinct: 1, lost: 0, repeated: 5 });
  const third = taken[2];
  if (third === undefined) throw new Error("There are no mails.");
  expect(await answer(system, third, 5)).toBe(201);
  expect(await system.statuses()).toEqual({ answered: 1 });
});
