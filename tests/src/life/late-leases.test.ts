import { memoryStorage } from "@csat/memory";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { aWorld, workspaceId } from "../world/a-world.ts";
import { testClock } from "../world/outside.ts";

const leaseMs = 60_000;

// What a worker's own clock has lost meanwhile.
let lostMs = 0;
const realNow = performance.now.bind(performance);
beforeEach(() => {
  lostMs = 0;
  vi.spyOn(performance, "now").mockImplementation(() => realNow() + lostMs);
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** A world whose storage answers late when told to. Leases run on a clock of the storage's own. */
async function aSlowStorage() {
  const leases = testClock();
  const memory = memoryStorage({ clock: leases });
  const late = { claims: 0, begins: 0 };
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
  return { world, late, calls, run: () => world.csat.runDue() };
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

test.each([1_500, 2_000])(
  "a theme that hangs costs the look, not the mail, at a lease of %s ms",
  async (leaseForMs) => {
    // S11
    const world = await aWorld<never>({
      storage: memoryStorage({ clock: testClock() }),
      options: { leaseForMs, theme: () => new Promise(() => {}) },
    });
    await world.resolve("T1");
    world.clock.move(3_600_000);
    expect(await world.csat.runDue()).toMatchObject({ sent: 1 });
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
