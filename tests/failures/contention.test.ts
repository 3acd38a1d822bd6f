import { sized } from "@csat-internal/test-support";
import { expect, test } from "vitest";
import { aSystem, type System } from "./world/a-system.ts";
import { mailFigures, printFigures } from "./world/figures.ts";
import { answer } from "./world/links.ts";
import { until } from "./world/wait.ts";

const { surveys, tickets } = sized({
  usual: { surveys: 100, tickets: 200 },
  full: { surveys: 10_000, tickets: 2_000 },
});

async function deadlocks({ pool }: System): Promise<number | undefined> {
  const { rows } = await pool.query<{ deadlocks: number }>(
    "select deadlocks::int from pg_stat_database where datname = current_database()",
  );
  return rows[0]?.deadlocks;
}

test("thousands of surveys of one customer, due at once to three workers, and twenty answers at once to each of fifty", async ({
  onTestFinished,
}) => {
  // S10, S24
  const system = await aSystem({ onTestFinished, worker: { concurrency: 10 } });
  const ticketIds = await system.addTickets({ workspaceId: "acme", count: surveys });
  await system.pool.query("update tickets set email = 'ann@customer.example' where workspace_id = 'acme'");
  await system.resolve({ workspaceId: "acme", ticketIds });
  const workers = [1, 2, 3].map(() => system.startWorker());
  await until(async () => (await system.statuses()).sent ?? 0, surveys);
  const { taken } = system.mailServer;
  // By Message-ID: all of them have one recipient.
  expect([taken.length, new Set(taken.map(({ messageId }) => messageId)).size]).toEqual([surveys, surveys]);

  const fifty = taken.slice(0, 50);
  const statuses = await Promise.all(
    fifty.map((mail) =>
      Promise.all([1, 2, 3, 4].flatMap(() => [1, 2, 3, 4, 5]).map((rating) => answer(system, mail, rating))),
    ),
  );
  // Of each ticket's twenty the first counts, and the others are told so.
  for (const twenty of statuses)
    expect(twenty.toSorted((one, other) => one - other)).toEqual([
      201,
      ...Array.from({ length: 19 }, () => 409),
    ]);
  expect((await system.statuses()).answered).toBe(50);
  for (const { lines } of [system, ...workers])
    expect(lines.filter((line) => line.includes("storage_failed"))).toEqual([]);
  expect(await deadlocks(system)).toBe(0);
  printFigures("one customer", { surveys, mails: taken.length, answers: 1_000, deadlocks: 0 });
});

test("two bulk calls over the same tickets in opposite order, beside workers, resolve each once", async ({
  onTestFinished,
}) => {
  // S57
  const system = await aSystem({ onTestFinished });
  const ticketIds = await system.addTickets({ workspaceId: "acme", count: tickets });
  const worker = system.startWorker();
  await worker.ready;
  await Promise.all([
    system.resolve({ workspaceId: "acme", ticketIds }),
    system.resolve({ workspaceId: "acme", ticketIds: ticketIds.toReversed() }),
  ]);
  await until(async () => (await system.statuses()).sent ?? 0, tickets);
  expect(mailFigures({ surveys: tickets, mails: system.mailServer.taken })).toMatchObject({
    lost: 0,
    repeated: 0,
  });
  for (const { lines } of [system, worker])
    expect(lines.filter((line) => line.includes("storage_failed"))).toEqual([]);
  expect(await deadlocks(system)).toBe(0);
});
