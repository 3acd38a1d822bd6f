import { isCsatError } from "@csat/core";
import { startPrivatePostgres } from "@csat-internal/test-support";
import { expect, test } from "vitest";
import { aSystem, type System } from "./world/a-system.ts";
import { mailFigures, printFigures } from "./world/figures.ts";
import { answer } from "./world/links.ts";
import type { Verdict } from "./world/mail-server.ts";
import { slowly } from "./world/rhythm.ts";
import { until } from "./world/wait.ts";

const surveys = 400;

test("Postgres crashes and restarts in mid-run: nothing lost, nothing wrong, and everybody connects again", async ({
  onTestFinished,
}) => {
  // S11, S16
  const postgres = await startPrivatePostgres({ survivesCrash: true });
  onTestFinished(() => postgres.stop());
  const system = await aSystem({ onTestFinished, databaseUrl: postgres.url, worker: { leaseForMs: 2_000 } });
  const { mailServer } = system;
  mailServer.behavior = { onMail: slowly<Verdict>(50, "accept") };
  const ticketIds = await system.addTickets({ workspaceId: "acme", count: surveys });
  await system.resolve({ workspaceId: "acme", ticketIds });
  const workers = [system.startWorker(), system.startWorker()];
  const mailsReach = (count: number) => until(() => mailServer.taken.length >= count, true);

  await mailsReach(100);
  await postgres.crash();
  const [first] = mailServer.taken;
  if (first === undefined) throw new Error("There are no mails.");
  expect(await errorOfResolve(system)).toMatchObject({
    code: "storage_failed",
    cause: { code: "ECONNREFUSED" },
  });
  expect(await answer(system, first, 5)).toBe(500);
  await until(
    () => workers.every(({ lines }) => lines.some((line) => line.includes("storage_failed"))),
    true,
  );
  await postgres.resume();
  expect(await answer(system, first, 5)).toBe(201);

  await mailsReach(250);
  await postgres.halt();
  await postgres.resume();
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

async function errorOfResolve({ csat }: System): Promise<unknown> {
  try {
    await csat.ticketResolved({
      workspaceId: "acme",
      ticketId: "t0",
      actorId: null,
      resolvedAt: new Date(),
    });
    return null;
  } catch (error) {
    return isCsatError(error, "storage_failed") ? error : null;
  }
}
