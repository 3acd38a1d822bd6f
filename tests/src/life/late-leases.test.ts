import { memoryStorage } from "@csat/memory";
import { expect, onTestFinished, test, vi } from "vitest";
import { aWorld, workspaceId } from "../world/a-world.ts";
import { testClock } from "../world/outside.ts";

const leaseMs = 60_000;

const realNow = performance.now.bind(performance);

/** A world whose storage answers late when told to. Leases run on a clock of the storage's own. */
async function aSlowStorage() {
  const leases = testClock();
  const memory = memoryStorage({ clock: leases });
  const late = { claims: 0, begins: 0 };
  // What the workers' own clock has lost meanwhile.
  let lostMs = 0;
  const worker = vi.spyOn(performance, "now").mockImplementation(() => realNow() + lostMs);
  onTestFinished(() => worker.mockRestore());
  const wait = () => {
    leases.move(1.5 * leaseMs);
    lostMs += 1.5 * leaseMs;
  };
  const storage: typeof memory = {
    ...memory,
    auto: {
      ...memory.auto,
      claim: async (ask) => {
        const claimed = await memory.auto.claim(ask);
        if (claimed.length > 0 && late.claims-- > 0) wait();
        return claimed;
      },
      write: async (changes) => {
        const outcomes = await memory.auto.write(changes);
        const isBegin = changes.some(({ heads }) => heads.some(({ lease }) => (lease?.extendMs ?? 0) > 0));
        if (isBegin && late.begins-- > 0) wait();
        return outcomes;
      },
    },
  };
  const calls: string[] = [];
  const world = await aWorld<never>({
    storage,
    options: {
      leaseForMs: leaseMs,
      webhooks: {
        endpointsFor: async () => [{ id: "crm", url: "https://crm.example.com/" }],
        deliver: async (_endpoint, { id }) => {
          calls.push(id);
          return { ok: true };
        },
      },
    },
  });
  return { world, late, wait, calls, run: () => world.csat.runDue() };
}

test("a survey whose claim was answered after its lease had ended is not mailed; the next claim mails it once", async () => {
  // S11
  const { world, late, run } = await aSlowStorage();
  await world.resolve("T1");
  world.clock.move(3_600_000);
  late.claims = 1;
  await run();
  expect(world.mailer.tried).toEqual([]);
  await run();
  expect(world.mailer.tried).toHaveLength(1);
  expect(await world.survey("T1")).toMatchObject({ status: "sent", attempts: 1 });
});

test("a send whose begin was answered after its lease had ended hands no mail over", async () => {
  // S11
  const { world, late, run } = await aSlowStorage();
  await world.resolve("T1");
  world.clock.move(3_600_000);
  late.begins = 1;
  await run();
  expect(world.mailer.tried).toEqual([]);
  expect(await world.survey("T1")).toMatchObject({ status: "sending" });
  await run();
  expect(world.mailer.tried).toHaveLength(1);
  expect(await world.survey("T1")).toMatchObject({ status: "sent", attempts: 2 });
});

test("an event whose claim was answered too late is left to whoever claims it next", async () => {
  // S54
  const { world, late, calls, run } = await aSlowStorage();
  await world.resolve("T1");
  world.clock.move(3_600_000);
  await run();
  await world.answer(world.mailer.accepted[0], 5);
  late.claims = 1;
  await run();
  expect(calls).toEqual([]);
  await run();
  expect(calls).toHaveLength(1);
  expect(await world.csat.listEvents(workspaceId)).toMatchObject({
    items: [{ deliveries: [{ state: "delivered", attempts: 1 }] }],
  });
});

test("a worker whose host answered after somebody else had taken over ends nothing of it", async () => {
  // S10, S11
  const { world, wait } = await aSlowStorage();
  await world.resolve("T1");
  world.clock.move(3_600_000);
  const asked: (() => void)[] = [];
  const getTicket = () => new Promise<null>((resolve) => asked.push(() => resolve(null)));
  const late = world.anotherProcess({ tickets: { ...world.tickets, getTicket } }).runDue();
  await expect.poll(() => asked.length).toBe(1);
  wait();
  world.mailer.answer = async () => {
    // While the mail goes out, the first worker is told that the ticket is gone.
    asked[0]?.();
    await late;
    return { kind: "accepted", messageId: null };
  };
  await world.csat.runDue();
  expect(await world.survey("T1")).toMatchObject({ status: "sent", attempts: 1 });
  expect(await world.story("T1")).toEqual(["resolved", "scheduled", "sent"]);
});

test("a mail that was accepted after its lease had ended is written down while nobody has taken over", async () => {
  // S11
  const { world, wait, run } = await aSlowStorage();
  await world.resolve("T1");
  world.clock.move(3_600_000);
  world.mailer.answer = () => {
    wait();
    return { kind: "accepted", messageId: null };
  };
  expect(await run()).toMatchObject({ sent: 1 });
  expect(await world.survey("T1")).toMatchObject({ status: "sent", attempts: 1 });
  await run();
  expect(world.mailer.tried).toHaveLength(1);
});

test.each([1_500, 2_000])(
  "a theme that hangs costs the look, not the mail, at a lease of %s ms",
  async (leaseForMs) => {
    // S11
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const world = await aWorld<never>({
      storage: memoryStorage({ clock: { now: () => new Date() } }),
      options: { leaseForMs, theme: () => new Promise(() => {}) },
    });
    await world.resolve("T1");
    world.clock.move(3_600_000);
    const running = world.csat.runDue();
    await vi.advanceTimersByTimeAsync(leaseForMs + 100);
    expect(await running).toMatchObject({ sent: 1 });
    expect(world.mailer.accepted).toHaveLength(1);
  },
);

test("a storage that does not answer fails after its time, and the next run does the work", async () => {
  const memory = memoryStorage();
  let isDead = true;
  const storage: typeof memory = {
    ...memory,
    auto: {
      ...memory.auto,
      claim: (ask) => (isDead ? new Promise(() => {}) : memory.auto.claim(ask)),
    },
  };
  const world = await aWorld<never>({ storage, options: { storageTimeoutMs: 100 } });
  await world.resolve("T1");
  world.clock.move(3_600_000);
  await expect(world.csat.runDue()).rejects.toMatchObject({ code: "storage_failed" });
  isDead = false;
  expect(await world.csat.runDue()).toMatchObject({ sent: 1 });
});
