import type { Scheduler } from "@csat/core";
import { expect } from "vitest";
import { aSystem, type Ending, type System } from "./a-system.ts";
import { type Figures, mailFigures } from "./figures.ts";
import { watchLeases } from "./leases.ts";
import { answer, workingLinks } from "./links.ts";
import type { ReceivedMail, Verdict } from "./mail-server.ts";
import { seededRandom } from "./random.ts";
import { startReceiver } from "./receiver.ts";
import { until, untilAtLeast } from "./wait.ts";
import { keepSpares, type WorkerProcess } from "./worker-process.ts";
import type { WorkerSettings } from "./worker-settings.ts";

const processes = 4;

/** What is run, and what goes wrong besides workers that are killed. */
export interface KillRun extends Ending {
  readonly surveys: number;
  /** After so many mails one of four workers is killed, and replaced. */
  readonly mailsPerKill: number;
  /** The web side's. */
  readonly scheduler?: Scheduler;
  readonly worker?: Partial<WorkerSettings>;
  /** Once, when half of the first tickets' mails are taken. It resolves the tickets that were not resolved at first. */
  readonly midway?: {
    readonly firstTickets: number;
    readonly happens: (system: System, otherTickets: readonly string[]) => Promise<void>;
  };
}

/**
 * The whole loop, resolve to answer to event, while workers are killed again and again. Every survey has left when it
 * resolves, every link works, and the books say so; the answer is what is to be printed.
 */
export async function killRun(run: KillRun): Promise<Figures> {
  const { surveys, mailsPerKill, midway, onTestFinished } = run;
  const random = seededRandom();
  const receiver = await startReceiver({ onTestFinished });
  const { url, secret } = receiver;
  const system = await aSystem({
    onTestFinished,
    ...(run.scheduler === undefined ? {} : { scheduler: run.scheduler }),
    worker: {
      concurrency: 4,
      receiver: { urls: [url], secret, allowPrivateAddresses: true },
      ...run.worker,
    },
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
  const firstTickets = midway?.firstTickets ?? surveys;
  await system.resolve({ workspaceId: "acme", ticketIds: ticketIds.slice(0, firstTickets) });

  onTestFinished(keepSpares(processes));
  for (let place = 0; place < processes; place++) workers.push(system.startWorker());
  if (midway !== undefined) {
    await untilAtLeast(() => mailServer.taken.length, firstTickets / 2);
    await midway.happens(system, ticketIds.slice(firstTickets));
  }
  await until(async () => surveys - left(await system.statuses()), 0);
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
  expect(figures).toMatchObject({ distinct: surveys, lost: 0 });
  expect(counted).toEqual({ sent: surveys, ratings: tally(ratings), events: 0 });
  expect(await csat.health()).toMatchObject({ dueSurveys: 0, failedSurveys: 0, deadEvents: 0 });
  return {
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
  };
}

async function answered(system: System, mail: ReceivedMail, rating: number): Promise<void> {
  expect(await answer(system, mail, rating)).toBe(201);
}

function left({ sent = 0, answered: withAnswer = 0 }: Readonly<Record<string, number>>): number {
  return sent + withAnswer;
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
