import { sized } from "@csat-internal/test-support";
import { expect, test } from "vitest";
import { aSystem, type System } from "./world/a-system.ts";
import { mailFigures, printFigures } from "./world/figures.ts";
import { watchLeases } from "./world/leases.ts";
import { answer, workingLinks } from "./world/links.ts";
import type { ReceivedMail, Verdict } from "./world/mail-server.ts";
import { seededRandom } from "./world/random.ts";
import { startReceiver } from "./world/receiver.ts";
import { until } from "./world/wait.ts";
import { keepSpares, type WorkerProcess } from "./world/worker-process.ts";

const { surveys, mailsPerKill } = sized({
  usual: { surveys: 120, mailsPerKill: 8 },
  full: { surveys: 1_000, mailsPerKill: 20 },
});
const processes = 4;

test("every survey leaves once, though one of four workers is killed after every few mails", async ({
  onTestFinished,
}) => {
  // S10, S11, S13, S52
  const random = seededRandom();
  const receiver = await startReceiver({ onTestFinished });
  const { url, secret } = receiver;
  const system = await aSystem({
    onTestFinished,
    worker: { concurrency: 4, receiver: { urls: [url], secret, allowPrivateAddresses: true } },
  });
  const { csat, mailServer } = system;
  const leases = await watchLeases(system.pool);
  const workers: WorkerProcess[] = [];
  let kills = 0;
  const killAndReplace = async (place: number) => {
    const worker = workers[place];
    if (worker === undefined) throw new Error(`There is no worker ${place}.`);
    kills++;
    await worker.kill();
    await leases.endThoseOf(worker.name);
    workers[place] = system.startWorker();
  };
  let killing = Promise.resolve();
  let mailsSinceKill = 0;
  const ratings = new Map<string, number>();
  const answering: Promise<unknown>[] = [];
  mailServer.behavior = {
    onMail: async (mail): Promise<Verdict> => {
      // Some customers answer before the worker hears that their mail was accepted.
      const wasAnswered = ratings.has(mail.recipient);
      if (!wasAnswered && random.oncePer(3)) {
        const rating = random.below(5) + 1;
        ratings.set(mail.recipient, rating);
        answering.push(answered(system, mail, rating));
      }
      // The next only when the one before is replaced: whoever is left makes progress in between.
      if (++mailsSinceKill === mailsPerKill) {
        // Often the one whose mail the server has, and which never hears that.
        const sender = workers.findIndex(({ name }) => name === mail.sender);
        killing = killAndReplace(random.oncePer(2) ? sender : random.below(processes));
        await killing;
        mailsSinceKill = 0;
      }
      return "accept";
    },
  };
  const ticketIds = await system.addTickets({ workspaceId: "acme", count: surveys });
  await system.resolve({ workspaceId: "acme", ticketIds });

  onTestFinished(keepSpares(processes));
  for (let place = 0; place < processes; place++) workers.push(system.startWorker());
  await until(async () => leftOver(await system.statuses()), 0);
  await killing;
  await Promise.all(answering);
  // Every link of every mail works, those of repeated ones too. Whoever did not answer yet, now does: every other.
  const { taken } = mailServer;
  const openSurveys = taken.filter(({ recipient }) => !ratings.has(recipient));
  let working = 0;
  for (const mail of openSurveys) working += await workingLinks(system, mail);
  expect(working).toBe(openSurveys.length * 5);
  for (const mail of openSurveys) {
    if (ratings.has(mail.recipient) || ratings.size >= surveys / 2) continue;
    const rating = random.below(5) + 1;
    ratings.set(mail.recipient, rating);
    await answered(system, mail, rating);
  }

  await until(() => new Set(receiver.taken).size, ratings.size);
  for (const worker of workers) expect(await worker.stop(), worker.lines.join("\n")).toBe(0);

  const figures = mailFigures({ surveys, mails: taken });
  const counted = await countsOf(system);
  printFigures("kill -9", {
    seed: random.seed,
    "surveys in": surveys,
    kills,
    "mails accepted": figures.mails,
    distinct: figures.distinct,
    repeated: figures.repeated,
    lost: figures.lost,
    answers: ratings.size,
    "events delivered": new Set(receiver.taken).size,
    "events delivered again": receiver.taken.length - new Set(receiver.taken).size,
  });
  expect(kills).toBeGreaterThan(5);
  expect(figures).toMatchObject({ distinct: surveys, lost: 0 });
  expect(counted).toEqual({ sent: surveys, ratings: tally(ratings), events: 0 });
  expect(await csat.health()).toMatchObject({ dueSurveys: 0, failedSurveys: 0, deadEvents: 0 });
});

async function answered(system: System, mail: ReceivedMail, rating: number): Promise<void> {
  expect(await answer(system, mail, rating)).toBe(201);
}

function leftOver(statuses: Readonly<Record<string, number>>): number {
  return surveys - (statuses.sent ?? 0) - (statuses.answered ?? 0);
}

/** How often each rating was given. */
function tally(ratings: ReadonlyMap<string, number>): Readonly<Record<number, number>> {
  const counts: Record<number, number> = {};
  for (const rating of ratings.values()) counts[rating] = (counts[rating] ?? 0) + 1;
  return counts;
}

/** As the dashboard counts them: surveys by the day of their send, answers by rating. */
async function countsOf({ storage, csat }: System) {
  const day = 86_400_000;
  const midnight = Math.floor(Date.now() / day) * day;
  const window = (from: number, until: number) => ({ from: new Date(from), until: new Date(until) });
  const counts = await storage.counts({
    workspaceId: "acme",
    // Yesterday too: the test may run over midnight.
    current: window(midnight - day, midnight + day),
    previous: window(midnight - 3 * day, midnight - day),
  });
  const ratings: Record<number, number> = {};
  for (const { rating, count } of counts.ratings) ratings[rating] = (ratings[rating] ?? 0) + count;
  const { dueEvents } = await csat.health();
  return { sent: counts.sent.reduce((sum, { count }) => sum + count, 0), ratings, events: dueEvents };
}
