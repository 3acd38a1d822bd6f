import { sized } from "@csat-internal/test-support";
import { expect, test } from "vitest";
import { aSystem, type Ending, type System } from "./world/a-system.ts";
import { printFigures } from "./world/figures.ts";
import { answer } from "./world/links.ts";
import { type ReceiverAnswer, startReceiver, type TestReceiver } from "./world/receiver.ts";
import { until } from "./world/wait.ts";
import type { WorkerProcess } from "./world/worker-process.ts";

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const surveys = sized({ usual: 12, full: 40 });
const half = surveys / 2;

interface Answering {
  readonly system: System;
  readonly receiver: TestReceiver;
  /** Has all the patience with receivers. */
  readonly worker: WorkerProcess;
  /** Another one, which leaves a receiver that does not answer after `timeoutMs`, with a clock `aheadMs` ahead. */
  startAnother(another: { readonly timeoutMs?: number; readonly aheadMs?: number }): WorkerProcess;
  /** Answers the next `count` mails. */
  answerNext(count: number): Promise<void>;
}

/** Customers with a mail in hand, and a worker that delivers events to the receiver. */
async function customersWithMails({ onTestFinished }: Ending): Promise<Answering> {
  const receiver = await startReceiver({ onTestFinished });
  const reached = { urls: [receiver.url], secret: receiver.secret, allowPrivateAddresses: true };
  const system = await aSystem({ onTestFinished, worker: { receiver: reached } });
  const ticketIds = await system.addTickets({ workspaceId: "acme", count: surveys });
  await system.resolve({ workspaceId: "acme", ticketIds });
  const worker = system.startWorker();
  await until(() => system.statuses(), { sent: surveys });
  let next = 0;
  return {
    system,
    receiver,
    worker,
    startAnother: ({ aheadMs = 0, ...patience }) =>
      system.startWorker({ aheadMs, receiver: { ...reached, ...patience } }),
    answerNext: async (count) => {
      for (const mail of system.mailServer.taken.slice(next, next + count)) {
        expect(await answer(system, mail, 5)).toBe(201);
      }
      next += count;
    },
  };
}

/** `state attempts` of every delivery, each once. */
async function deliveries({ csat }: System): Promise<readonly string[]> {
  const { items } = await csat.listEvents("acme", { limit: 200 });
  const all = items.flatMap(({ deliveries: made }) =>
    made.map(({ state, attempts }) => `${state} ${attempts}`),
  );
  return [...new Set(all)].toSorted();
}

async function countOf({ csat }: System, state: string): Promise<number> {
  const { items } = await csat.listEvents("acme", { limit: 200 });
  const all = items.flatMap(({ deliveries: made }) => made);
  return all.filter((delivery) => delivery.state === state && delivery.attempts > 0).length;
}
const waiting = (system: System) => countOf(system, "pending");
const deliveredCount = (system: System) => countOf(system, "delivered");

test.concurrent.for([
  ["down", "down"],
  ["slow", null],
  ["answering 500", { status: 500 }],
  ["redirecting to 127.0.0.1", { status: 302, headers: { location: "http://127.0.0.1:1/" } }],
] as const)(
  "a receiver %s: answers are taken, events wait, and all arrive when it is well again",
  async ([name, trouble], { onTestFinished }) => {
    // S52, S54
    const { system, receiver, worker, startAnother, answerNext } = await customersWithMails({
      onTestFinished,
    });
    await answerNext(half);
    await until(() => deliveredCount(system), half);
    expect(await worker.stop()).toBe(0);

    if (trouble === "down") await receiver.goDown();
    else receiver.answer = trouble satisfies ReceiverAnswer;
    const impatient = startAnother({ timeoutMs: 200 });
    await answerNext(half);
    await until(() => waiting(system), half);
    expect(await impatient.stop()).toBe(0);
    expect(new Set(receiver.taken).size).toBe(half);

    if (trouble === "down") await receiver.comeBack();
    receiver.answer = { status: 204 };
    // A day later every next attempt is due, however many there were.
    startAnother({ aheadMs: dayMs });
    await until(() => deliveredCount(system), surveys);
    const distinct = new Set(receiver.taken).size;
    printFigures(`receiver ${name}`, {
      answers: surveys,
      "events delivered": distinct,
      lost: surveys - distinct,
      duplicated: receiver.taken.length - distinct,
    });
    expect(distinct).toBe(surveys);
  },
);

test.concurrent("a receiver that fails six times: dead letters by the table, replayed under their old ids", async ({
  onTestFinished,
}) => {
  // S54
  const { system, receiver, worker, answerNext } = await customersWithMails({ onTestFinished });
  receiver.answer = { status: 500 };
  await answerNext(1);
  for (const [place, minutes] of [1, 5, 30, 120, 360].entries()) {
    await until(() => deliveries(system), [`pending ${place + 1}`]);
    // A little more than the wait: what was tried a moment later is due as well.
    worker.moveClock(minutes * minuteMs + 10_000);
  }
  await until(() => deliveries(system), ["gave_up 6"]);
  const dead = await system.csat.listEvents("acme", { dead: true });
  expect(dead.items).toHaveLength(1);
  receiver.answer = { status: 204 };
  for (const { id } of dead.items) expect(await system.csat.replayEvent("acme", id)).toBe(true);
  await until(() => receiver.taken.toSorted(), dead.items.map(({ id }) => id).toSorted());
});

test.concurrent("a receiver that answers 410 gets nothing more of that event", async ({ onTestFinished }) => {
  // S54
  const { system, receiver, worker, answerNext } = await customersWithMails({ onTestFinished });
  receiver.answer = { status: 410 };
  await answerNext(3);
  await until(() => countOf(system, "gave_up"), 3);
  // A day later the next event comes through, and nothing of those before.
  receiver.answer = { status: 204 };
  worker.moveClock(dayMs);
  await answerNext(1);
  await until(() => deliveredCount(system), 1);
  expect(receiver.requests()).toBe(4);
});
