import { type Csat, createCsat, ratings as everyRating, silentLogger, systemClock } from "@csat/core";
import { inProcessScheduler, memoryMailer } from "@csat/memory";
import { migrate, mysqlStorage } from "@csat/mysql";
import { createTestMysql, sized } from "@csat-internal/test-support";
import { createPool } from "mysql2/promise";
import { expect, inject, test } from "vitest";
import { mailFigures, printFigures } from "./world/figures.ts";
import { startMailServer, type Verdict } from "./world/mail-server.ts";
import { allResolved } from "./world/open-database.ts";
import { seededRandom } from "./world/random.ts";
import { startReceiver } from "./world/receiver.ts";
import { until } from "./world/wait.ts";
import { keepSpares, startWorkerProcess, type WorkerProcess } from "./world/worker-process.ts";

const { surveys, mailsPerKill } = sized({
  usual: { surveys: 60, mailsPerKill: 8 },
  full: { surveys: 300, mailsPerKill: 10 },
});
const processes = 4;
const workspaceId = "acme";

test("on MySQL every survey leaves once and every answer is told, though one of four workers is killed after every few mails", async ({
  onTestFinished,
}) => {
  // S10, S11, S52
  const random = seededRandom();
  const database = await createTestMysql(inject("mysqlUrl"));
  onTestFinished(() => database.drop());
  const pool = createPool({ uri: database.url, connectionLimit: 10 });
  onTestFinished(() => pool.end());
  await migrate(pool);
  const storage = mysqlStorage(pool);
  const mailServer = await startMailServer();
  onTestFinished(() => mailServer.goDown());
  const receiver = await startReceiver({ onTestFinished });
  const csat = createCsat({
    storage,
    scheduler: inProcessScheduler(),
    mailer: memoryMailer(),
    tickets: allResolved,
    // Raises events; delivering them is the workers' part.
    webhooks: { endpointsFor: async () => [], deliver: async () => ({ ok: true }) },
    publicUrl: "https://help.example.com/csat",
    clock: systemClock,
    logger: silentLogger,
  });
  let started = 0;
  const aWorker = () =>
    startWorkerProcess({
      name: `worker-${++started}`,
      databaseUrl: database.url,
      smtpUrl: mailServer.url,
      redis: null,
      queuePrefix: "csat",
      receiver: { urls: [receiver.url], secret: receiver.secret, allowPrivateAddresses: true },
      // What a killed worker had under way is anybody's after that; who is slow repeats a mail under its Message-ID.
      leaseForMs: 10_000,
      sweepEveryMs: 100,
      concurrency: 4,
      aheadMs: 0,
    });
  const workers: WorkerProcess[] = [];
  onTestFinished(async () => {
    await Promise.all(workers.map((worker) => worker.kill()));
  });
  let kills = 0;
  let mailsSinceKill = 0;
  const ratings = new Map<string, number>();
  const answering: Promise<unknown>[] = [];
  mailServer.behavior = {
    onMail: async ({ recipient, token, sender }): Promise<Verdict> => {
      // Some customers answer before the worker hears that their mail was accepted.
      if (!ratings.has(recipient) && random.oncePer(3)) {
        const rating = everyRating[random.below(5)] ?? 5;
        ratings.set(recipient, rating);
        answering.push(csat.submitResponse({ token, rating, comment: null }));
      }
      if (++mailsSinceKill === mailsPerKill) {
        mailsSinceKill = 0;
        kills++;
        // Often the one whose mail the server has, and which never hears that.
        const its = workers.findIndex(({ name }) => name === sender);
        const place = random.oncePer(2) && its >= 0 ? its : random.below(processes);
        await workers[place]?.kill();
        workers[place] = aWorker();
      }
      return "accept";
    },
  };
  await csat.updateSettings(workspaceId, { enabled: true, sendDelay: "immediately" });
  const resolvedAt = new Date();
  const events = Array.from({ length: surveys }, (_, place) => ({
    workspaceId,
    ticketId: `t${place}`,
    actorId: "olivia",
    resolvedAt,
  }));
  await csat.ticketsResolved(events);
  onTestFinished(keepSpares(processes));
  for (let place = 0; place < processes; place++) workers.push(aWorker());

  await until(() => sentOf(csat), surveys);
  await Promise.all(answering);
  await until(() => new Set(receiver.taken).size, ratings.size);
  await until(async () => (await csat.health()).dueEvents, 0);
  const figures = mailFigures({ surveys, mails: mailServer.taken });
  printFigures("kill -9 on MySQL", {
    seed: random.seed,
    "surveys in": surveys,
    kills,
    "mails accepted": figures.mails,
    repeated: figures.repeated,
    lost: figures.lost,
    answers: ratings.size,
  });
  expect(kills).toBeGreaterThan(5);
  expect(figures).toMatchObject({ distinct: surveys, lost: 0 });
  expect(await storage.recount(workspaceId)).toEqual([]);
  expect(await csat.health()).toMatchObject({ dueSurveys: 0, failedSurveys: 0, deadEvents: 0 });
  const { current } = await csat.getMetrics(workspaceId, { days: 7 });
  expect(current).toMatchObject({ sent: surveys, responses: ratings.size });
});

async function sentOf(csat: Csat<never>): Promise<number> {
  return (await csat.getMetrics(workspaceId, { days: 7 })).current.sent;
}
