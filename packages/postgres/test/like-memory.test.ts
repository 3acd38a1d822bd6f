import { memoryStorage } from "@csat/memory";
import { expect, test } from "vitest";
import { connections } from "./support/connections.ts";
import { emptyTables } from "./support/fixture.ts";
import { allTickets, numbers, randomSteps, type Side } from "./support/random-steps.ts";
import { at } from "./support/survey-steps.ts";

const server = connections();
const window = { from: at(0), until: at(300) };

/** All that a storage tells about every ticket. A tombstone's id is the storage's own choice. */
async function told({ storage }: Side): Promise<readonly unknown[]> {
  return Promise.all(
    allTickets.map(async (ref) => {
      const survey = await storage.surveys.find(ref);
      return survey?.status === "erased" ? { ...survey, id: "a tombstone" } : survey;
    }),
  );
}

async function toldAtLast({ storage }: Side): Promise<readonly unknown[]> {
  const answers = allTickets.map(async (ref) => [
    await storage.responses.find(ref),
    await storage.journal.list(ref),
  ]);
  const counts = ["a", "B", "é"].map(async (workspaceId) => [
    await storage.metrics.read({ workspaceId, current: window, previous: { from: at(-60), until: at(0) } }),
    await storage.metrics.listResponses({ workspaceId, window, limit: 50, cursor: null }),
    await storage.outbox.list(workspaceId, { limit: 50, cursor: null, dead: false }),
  ]);
  return Promise.all([...answers, ...counts, storage.backlog(at(500))]);
}

test.each([1, 2, 3, 4, 5, 6, 7, 8])(
  "a random history ends in Postgres as it does in memory (seed %i)",
  async (seed) => {
    await emptyTables(server.db());
    const memory: Side = { storage: memoryStorage(), leases: [] };
    const postgres: Side = { storage: server.storage(), leases: [] };
    const nextStep = randomSteps(numbers(seed * 7919));
    for (let count = 0; count < 50; count++) {
      const step = nextStep();
      expect(await step(postgres)).toEqual(await step(memory));
      expect(await told(postgres)).toEqual(await told(memory));
    }
    expect(await toldAtLast(postgres)).toEqual(await toldAtLast(memory));
  },
);
