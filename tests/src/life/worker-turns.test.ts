import type { OutboxEvent, Scheduler } from "@csat/core";
import { memoryStorage } from "@csat/memory";
import { expect, onTestFinished, test, vi } from "vitest";
import { aWorld } from "../world/a-world.ts";

type Work = Parameters<Scheduler["start"]>[0];

const { signal } = new AbortController();

/** A scheduler that sweeps when the test says so. */
function byHand(scheduler: Scheduler): {
  readonly scheduler: Scheduler;
  readonly sweep: () => Promise<void>;
} {
  const started: Work[] = [];
  return {
    scheduler: {
      ...scheduler,
      start: async (work) => {
        started.push(work);
        return { stop: async () => {} };
      },
    },
    sweep: async () => {
      await Promise.all(started.map((work) => work.sweep(signal)));
    },
  };
}

/** A storage that counts its housekeeping. */
function countedHouse() {
  const memory = memoryStorage();
  let kept = 0;
  const keepHouse: typeof memory.keepHouse = async (...given) => {
    kept += 1;
    await memory.keepHouse(...given);
  };
  return { storage: { ...memory, keepHouse }, kept: () => kept };
}

test("runDue keeps house", async () => {
  const { storage, kept } = countedHouse();
  const world = await aWorld<never>({ storage });
  await world.csat.runDue();
  expect(kept()).toBe(1);
});

test("housekeeping is not held up by surveys that keep coming, and a sweep ends beside them", async () => {
  // S16
  const { storage, kept } = countedHouse();
  const world = await aWorld<never>({ storage, settings: { sendDelay: "immediately" } });
  const { scheduler, sweep } = byHand(world.scheduler);
  let tickets = 0;
  await world.resolve("T0");
  const held: (() => void)[] = [];
  world.mailer.answer = async () => {
    // Before one mail has ended, the next survey is due.
    await world.resolve(`T${++tickets}`);
    await new Promise<void>((resolve) => held.push(resolve));
    return { kind: "accepted", messageId: null };
  };
  const endAll = () => {
    for (const end of held.splice(0)) end();
  };
  await world.anotherProcess({ scheduler }).startWorker({ concurrency: 1 });
  const sweeping = sweep();
  await expect.poll(kept).toBe(1);
  await expect.poll(() => held.length).toBe(1);
  endAll();
  await sweeping;
  const again = sweep();
  await expect.poll(kept).toBe(2);
  await expect
    .poll(() => {
      endAll();
      return tickets;
    })
    .toBeGreaterThan(5);
  await again;
});

test.each([
  [Infinity, false],
  [1_000, true],
])(
  "a worker that stops within %s ms aborts what is under way then, and not before",
  async (timeoutMs, isAborted) => {
    // S16
    const world = await aWorld<never>({ storage: memoryStorage(), settings: { sendDelay: "immediately" } });
    const { scheduler, sweep } = byHand(world.scheduler);
    const signals: AbortSignal[] = [];
    let end = () => {};
    world.mailer.answer = async (_mail, aborting) => {
      signals.push(aborting);
      await new Promise<void>((resolve) => {
        end = resolve;
      });
      return { kind: "accepted", messageId: null };
    };
    await world.resolve("T1");
    const worker = await world.anotherProcess({ scheduler }).startWorker();
    const sweeping = sweep();
    await expect.poll(() => signals.length).toBe(1);
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const stopped = worker.stop({ timeoutMs });
    await vi.advanceTimersByTimeAsync(999);
    expect(signals[0]?.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(signals[0]?.aborted).toBe(isAborted);
    end();
    await vi.advanceTimersByTimeAsync(100);
    await Promise.all([stopped, sweeping]);
    expect(await world.survey("T1")).toMatchObject({ status: "sent" });
  },
);

test("when one claim fails, what the other claimed is worked on to its end, and nothing stays leased", async () => {
  const memory = memoryStorage();
  let claims = 0;
  const held: (() => void)[] = [];
  const world = await aWorld<never>({
    storage: {
      ...memory,
      auto: {
        ...memory.auto,
        // The events' claim is served, that of the surveys behind it fails.
        claim: async (ask) => {
          if (claims++ === 1) throw new Error("the connection was lost");
          return memory.auto.claim(ask);
        },
      },
    },
    options: {
      webhooks: {
        endpointsFor: async () => [{ id: "crm", url: "https://crm.example.com/" }],
        deliver: () => new Promise((resolve) => held.push(() => resolve({ ok: true }))),
      },
    },
  });
  claims = 2;
  await world.resolve("T1");
  await world.pass({ hours: 1 });
  await world.answer(world.mailer.accepted[0], 5);
  await world.resolve("T2");
  world.clock.move(3_600_000);
  claims = 0;
  let isOver = false;
  const running = world.csat.runDue().finally(() => {
    isOver = true;
  });
  const rejected = running.catch((error: unknown) => error);
  await expect.poll(() => held.length).toBe(1);
  // Whoever waits for the call may end the process behind it.
  expect(isOver).toBe(false);
  held[0]?.();
  expect(await rejected).toMatchObject({ message: expect.stringContaining("the connection was lost") });
  expect(await world.csat.health()).toMatchObject({ dueEvents: 0, dueSurveys: 1, expiredLeases: 0 });
  expect(await world.csat.runDue()).toMatchObject({ sent: 1 });
});

test("a retry that has come due goes out before the newer events of its workspace", async () => {
  // S54, S58
  const delivered: OutboxEvent[] = [];
  let isDown = true;
  const world = await aWorld<never>({
    storage: memoryStorage(),
    settings: { sendDelay: "immediately" },
    options: {
      webhooks: {
        endpointsFor: async () => [{ id: "crm", url: "https://crm.example.com/" }],
        deliver: async (_endpoint, event) => {
          if (isDown) return { ok: false, retryable: true, retryAfterMs: null, error: "HTTP 503" };
          delivered.push(event);
          return { ok: true };
        },
      },
    },
  });
  // A process that mails and delivers nothing.
  const mailing = world.anotherProcess({ webhooks: undefined });
  const raise = async (ticketId: string) => {
    await world.resolve(ticketId);
    await mailing.runDue();
    await world.answer(world.mailer.accepted.at(-1), 4);
  };
  await raise("retried");
  await world.csat.runDue();
  world.clock.move(60_000);
  for (let ticket = 0; ticket < 5; ticket++) {
    world.clock.move(1_000);
    await raise(`newer-${ticket}`);
  }
  isDown = false;
  for (let run = 0; run < 2; run++) await world.csat.runDue({ limit: 1 });
  expect(delivered.map(({ data }) => data.ticketId)).toEqual(["retried", "newer-0"]);
});
