import { isCsatError } from "@csat/core";
import { sized, startPrivatePostgres } from "@csat-internal/test-support";
import { expect, test } from "vitest";
import { aSystem, type System } from "./world/a-system.ts";
import { mailFigures, printFigures } from "./world/figures.ts";
import { watchLeases } from "./world/leases.ts";
import { answer } from "./world/links.ts";
import { mailGate } from "./world/mail-gate.ts";
import { until, untilAtLeast } from "./world/wait.ts";

const surveys = sized({ usual: 120, full: 400 });

test("Postgres crashes and restarts in mid-run: nothing lost, nothing wrong, and everybody connects again", async ({
  onTestFinished,
}) => {
  // S11, S16
  const postgres = await startPrivatePostgres({ survivesCrash: true });
  onTestFinished(() => postgres.stop());
  const system = await aSystem({ onTestFinished, databaseUrl: postgres.url });
  const leases = await watchLeases(system.pool);
  const { mailServer } = system;
  const gate = mailGate(surveys / 4);
  mailServer.behavior = { onMail: gate.onMail };
  const ticketIds = await system.addTickets({ workspaceId: "acme", count: surveys });
  await system.resolve({ workspaceId: "acme", ticketIds });
  const workers = [system.startWorker(), system.startWorker()];
  const mailsReach = (count: number) => untilAtLeast(() => mailServer.taken.length, count);

  await mailsReach(surveys / 4);
  await postgres.crash();
  // The mails that the server holds are accepted now, and no worker can write that down.
  gate.letPass(surveys / 2);
  const [first] = mailServer.taken;
  if (first === undefined) throw new Error("There are no mails.");
  // A connection that was idle may be the first to tell: it broke. Then none can be opened.
  await until(() => errorOfResolve(system), "storage_failed: ECONNREFUSED");
  expect(await answer(system, first, 5)).toBe(500);
  const failing = () => workers.filter(({ lines }) => lines.some((line) => line.includes("storage_failed")));
  await until(() => failing().length, workers.length);
  await postgres.resume();
  // What was under way in the crash is begun again.
  await leases.endAll();
  expect(await answer(system, first, 5)).toBe(201);

  await mailsReach(surveys / 2);
  await postgres.halt();
  gate.letPass(Infinity);
  await postgres.resume();
  await leases.endAll();
  await until(async () => {
    const { sent = 0, answered = 0 } = await system.statuses();
    return sent + answered;
  }, surveys);

  const figures = mailFigures({ surveys, mails: mailServer.taken });
  printFigures("postgres restarts", { "surveys in": surveys, ...figures, answers: 1 });
  expect(figures).toMatchObject({ distinct: surveys, lost: 0 });
  expect(await system.csat.health()).toMatchObject({ dueSurveys: 0, failedSurveys: 0 });
  // The one answer raised one event, whether a worker has looked at it or not.
  expect((await system.csat.listEvents("acme")).items).toHaveLength(1);
  for (const worker of workers) expect(await worker.stop(), worker.lines.join("\n")).toBe(0);
});

/** Its code, and its cause's as far as that has one. */
async function errorOfResolve({ csat }: System): Promise<string> {
  const resolution = { workspaceId: "acme", ticketId: "t0", actorId: null, resolvedAt: new Date() };
  try {
    await csat.ticketResolved(resolution);
    return "none";
  } catch (error) {
    if (!isCsatError(error)) throw error;
    const { cause } = error;
    const code = cause instanceof Error && "code" in cause ? cause.code : "no code";
    return `${error.code}: ${code}`;
  }
}
