import { memoryStorage } from "@csat/memory";
import { sized } from "@csat-internal/test-support";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { OpenStorage } from "../world/open-storage.ts";
import { databases } from "../world/storages.ts";
import { allKeys, at, numbers, randomSteps, type Side, workspaces } from "./random-steps.ts";

/** All that a store tells of every record. */
const records = ({ store }: Side) => store.auto.read(allKeys);

async function toldAtLast({ store }: Side): Promise<readonly unknown[]> {
  const [dayBefore, day, dayAfter] = [4, 5, 6].map((date) => new Date(Date.UTC(2026, 0, date)));
  if (dayBefore === undefined || day === undefined || dayAfter === undefined) throw new Error("three days");
  const window = { from: day, until: dayAfter };
  const page = { limit: 50, cursor: null };
  const tickets = allKeys.filter(({ kind }) => kind === "ticket");
  return Promise.all([
    ...tickets.map(async ({ workspaceId, id }) => [
      await store.lists.answer({ workspaceId, ticketId: id }),
      await store.lists.journal({ workspaceId, ticketId: id }),
      (await store.auto.byToken(`link of ${workspaceId} ${id}`))?.key,
    ]),
    ...workspaces.map(async (workspaceId) => [
      await store.counts({ workspaceId, current: window, previous: { from: dayBefore, until: day } }),
      await store.lists.answers({ ...page, workspaceId, window }),
      await store.lists.events(workspaceId, { ...page, dead: false }),
      await store.lists.events(workspaceId, { ...page, dead: true }),
      await store.lists.failed({ ...page, workspaceId, since: null, reasons: ["refused"] }),
    ]),
    store.backlog(at(10_000)),
  ]);
}

const seeds = Array.from({ length: sized({ usual: 4, full: 40 }) }, (_, index) => index + 1);

describe.each(databases)("a random history of a store — on %s", (_name, open) => {
  let opened: OpenStorage | undefined;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened?.close());

  test.each(seeds)("ends as it does in memory (seed %i)", async (seed) => {
    const store = await opened?.fresh();
    if (store === undefined) throw new Error("the storage is open in tests only");
    const memory: Side = { store: memoryStorage(), leases: new Map() };
    const postgres: Side = { store, leases: new Map() };
    const nextStep = randomSteps(numbers(seed * 7919));
    for (let count = 0; count < 60; count++) {
      const step = await nextStep(memory);
      expect(await step(postgres)).toEqual(await step(memory));
      expect(await records(postgres)).toEqual(await records(memory));
    }
    expect(await toldAtLast(postgres)).toEqual(await toldAtLast(memory));
  });
});
