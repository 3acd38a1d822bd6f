import type { Scheduler } from "@csat/core";
import { memoryStorage } from "@csat/memory";
import { expect, test } from "vitest";
import { aWorld, type World } from "../world/a-world.ts";

const { signal } = new AbortController();

/** Calls that end when the test says so. */
function aGate() {
  const held: (() => void)[] = [];
  return {
    held,
    wait: () => new Promise<void>((resolve) => held.push(resolve)),
    endAll: () => {
      for (const end of held.splice(0)) end();
    },
  };
}

/** A world whose receivers and mail server answer when the test says so, and a worker that sweeps then. */
async function slowOnBothSides() {
  const receivers = aGate();
  const mailServer = aGate();
  const world = await aWorld<never>({
    storage: memoryStorage(),
    options: {
      // Nothing ends by itself while the test looks.
      leaseForMs: 3_600_000,
      webhooks: {
        endpointsFor: async () => [{ id: "crm", url: "https://crm.example.com/" }],
        deliver: async () => {
          await receivers.wait();
          return { ok: true };
        },
      },
    },
  });
  const sweeps: (() => Promise<void>)[] = [];
  const scheduler: Scheduler = {
    ...world.scheduler,
    start: async (work) => {
      sweeps.push(() => work.sweep(signal));
      return { stop: async () => {} };
    },
  };
  await world.anotherProcess({ scheduler }).startWorker({ concurrency: 10 });
  const sweep = () => Promise.all(sweeps.map((one) => one()));
  const holdMails = () => {
    world.mailer.answer = async () => {
      await mailServer.wait();
      return { kind: "accepted", messageId: null };
    };
  };
  /** Lets everything go until those are over. */
  const endAll = async (...sweeping: readonly Promise<unknown>[]) => {
    let isOver = false;
    const over = Promise.all(sweeping).finally(() => {
      isOver = true;
    });
    await expect
      .poll(() => {
        receivers.endAll();
        mailServer.endAll();
        return isOver;
      })
      .toBe(true);
    await over;
  };
  return { world, receivers, mailServer, holdMails, sweep, endAll };
}

/** So many surveys that are due now, of one workspace. */
async function dueIn(
  { csat, clock, ticket }: World<never>,
  workspaceId: string,
  count: number,
): Promise<void> {
  await csat.updateSettings(workspaceId, { enabled: true, sendDelay: "immediately" });
  for (let place = 0; place < count; place++) {
    const ticketId = `${workspaceId}-${place}`;
    ticket(ticketId, { status: "resolved" });
    await csat.ticketResolved({ workspaceId, ticketId, actorId: null, resolvedAt: clock.now() });
  }
}

/** So many events that nobody has delivered, of one workspace. */
async function answeredIn(world: World<never>, workspaceId: string, count: number): Promise<void> {
  const already = world.mailer.accepted.length;
  await dueIn(world, workspaceId, count);
  await world.anotherProcess({ webhooks: undefined }).runDue();
  for (const mail of world.mailer.accepted.slice(already)) await world.answer(mail, 4);
}

test("a worker of ten places has ten things under way in all, of both kinds", async () => {
  // S58
  let delivering = 0;
  let mailing = 0;
  let most = 0;
  const held: (() => void)[] = [];
  const wait = () => {
    most = Math.max(most, mailing + delivering);
    return new Promise<void>((resolve) => held.push(resolve));
  };
  const endAll = () => {
    for (const end of held.splice(0)) end();
  };
  const world = await aWorld<never>({
    storage: memoryStorage(),
    settings: { sendDelay: "immediately" },
    options: {
      webhooks: {
        endpointsFor: async () => [{ id: "crm", url: "https://crm.example.com/" }],
        deliver: async () => {
          delivering += 1;
          await wait();
          delivering -= 1;
          return { ok: true };
        },
      },
    },
  });
  for (let ticket = 0; ticket < 20; ticket++) await world.resolve(`A${ticket}`);
  await world.csat.runDue();
  for (const mail of world.mailer.accepted) await world.answer(mail, 4);
  for (let ticket = 0; ticket < 20; ticket++) await world.resolve(`B${ticket}`);
  world.mailer.answer = async () => {
    mailing += 1;
    await wait();
    mailing -= 1;
    return { kind: "accepted", messageId: null };
  };
  const running = world.csat.runDue();
  await expect.poll(() => mailing + delivering).toBe(10);
  expect(Math.min(mailing, delivering)).toBeGreaterThan(0);
  let isOver = false;
  const over = running.then((report) => {
    isOver = true;
    return report;
  });
  await expect
    .poll(() => {
      endAll();
      return isOver;
    })
    .toBe(true);
  expect(await over).toMatchObject({ sent: 20, delivered: 20 });
  expect(most).toBe(10);
});

test("receivers that hold all places give the next one that is free to a mail", async () => {
  // S58: those of one workspace hold half, so here are two.
  const { world, receivers, mailServer, holdMails, sweep, endAll } = await slowOnBothSides();
  for (const id of ["one", "two"]) await answeredIn(world, id, 10);
  const first = sweep();
  await expect.poll(() => receivers.held.length).toBe(10);
  holdMails();
  await dueIn(world, "three", 5);
  const second = sweep();
  receivers.held.shift()?.();
  await expect.poll(() => mailServer.held.length).toBe(1);
  expect(receivers.held).toHaveLength(9);
  await endAll(first, second);
});

test("a mail server that holds all places gives the next one that is free to an event", async () => {
  // S52
  const { world, receivers, mailServer, holdMails, sweep, endAll } = await slowOnBothSides();
  await dueIn(world, "one", 1);
  await world.csat.runDue();
  holdMails();
  await dueIn(world, "two", 20);
  const first = sweep();
  await expect.poll(() => mailServer.held.length).toBe(10);
  await world.answer(world.mailer.accepted[0], 4);
  const second = sweep();
  mailServer.held.shift()?.();
  await expect.poll(() => receivers.held.length).toBe(1);
  expect(mailServer.held).toHaveLength(9);
  await endAll(first, second);
});
