import { expect, test } from "vitest";
import { aSystem, type Ending, type System } from "./world/a-system.ts";
import { printFigures } from "./world/figures.ts";
import type { Verdict } from "./world/mail-server.ts";
import { until } from "./world/wait.ts";

const ticket = { workspaceId: "acme", ticketId: "t0" };

/** A survey whose mail the server holds; `end` says what becomes of it. */
async function aHeldMail({
  onTestFinished,
}: Ending): Promise<{ readonly system: System; readonly end: (verdict: Verdict) => void }> {
  const system = await aSystem({ onTestFinished });
  let end: (verdict: Verdict) => void = () => {};
  const verdict = new Promise<Verdict>((resolve) => {
    end = resolve;
  });
  system.mailServer.behavior = { onMail: () => verdict };
  const ticketIds = await system.addTickets({ workspaceId: "acme", count: 1 });
  await system.resolve({ workspaceId: "acme", ticketIds });
  system.startWorker();
  system.startWorker();
  await until(() => system.mailServer.seen.length, 1);
  return { system, end };
}

async function story({ csat }: System): Promise<readonly string[]> {
  return (await csat.explain(ticket)).map(({ event, reason }) =>
    reason === null ? event : `${event}:${reason}`,
  );
}

async function dueCount({ pool }: System): Promise<number | null> {
  return (await pool.query("select from csat.due_tickets")).rowCount;
}

test.concurrent("a reopen while the mail is under way is too late: one mail, and the journal tells it", async ({
  onTestFinished,
}) => {
  // S10, S19
  const { system, end } = await aHeldMail({ onTestFinished });
  await system.setStatus(ticket, "open");
  expect(await system.csat.ticketLeft({ ...ticket, at: new Date(), reason: "reopened" })).toMatchObject({
    kind: "too_late",
  });
  end("accept");
  await until(() => system.statuses(), { sent: 1 });
  await system.setStatus(ticket, "resolved");
  expect(
    await system.csat.ticketResolved({ ...ticket, actorId: "oscar", resolvedAt: new Date() }),
  ).toMatchObject({ kind: "not_surveyed", reason: "already_surveyed" });
  expect(await dueCount(system)).toBe(0);
  expect(await story(system)).toEqual([
    "resolved",
    "scheduled",
    "left:reopened",
    "too_late_to_cancel:reopened",
    "sent",
    "resolved",
    "not_scheduled:already_surveyed",
  ]);
  printFigures("reopened in mid-send", { "surveys in": 1, mails: system.mailServer.taken.length });
  expect(system.mailServer.taken).toHaveLength(1);
});

test.concurrent("a reopen while the mail is under way ends the survey when that send fails", async ({
  onTestFinished,
}) => {
  // S10
  const { system, end } = await aHeldMail({ onTestFinished });
  await system.setStatus(ticket, "open");
  expect(await system.csat.ticketLeft({ ...ticket, at: new Date(), reason: "reopened" })).toMatchObject({
    kind: "too_late",
  });
  end(451);
  await until(() => system.statuses(), { canceled: 1 });
  expect(await dueCount(system)).toBe(0);
  expect(system.mailServer.taken).toEqual([]);
});
