import { sized } from "@csat-internal/test-support";
import { expect, test } from "vitest";
import { aSystem } from "./world/a-system.ts";
import { printFigures } from "./world/figures.ts";
import { watchLeases } from "./world/leases.ts";
import { seededRandom } from "./world/random.ts";
import { until } from "./world/wait.ts";
import { keepSpares, type WorkerProcess } from "./world/worker-process.ts";

const customers = sized({ usual: 8, full: 40 });
const ticketsOfEach = 5;
const processes = 3;

test("each customer gets one mail, repeated under its Message-ID at most, though workers are killed between the reservation and the server's yes", async ({
  onTestFinished,
}) => {
  // S11, S61
  const random = seededRandom();
  const system = await aSystem({ onTestFinished, worker: { concurrency: 4 } });
  const { csat, pool, mailServer } = system;
  const leases = await watchLeases(pool);
  const workers: WorkerProcess[] = [];
  let kills = 0;
  let killing = Promise.resolve();
  const killSender = async (name: string) => {
    const place = workers.findIndex((worker) => worker.name === name);
    const worker = workers[place];
    if (worker === undefined) return;
    kills++;
    await worker.kill();
    await leases.endThoseOf(worker.name);
    workers[place] = system.startWorker();
  };
  const seenOf = new Map<string, number>();
  mailServer.behavior = {
    onMail: async ({ recipient, sender }) => {
      const nth = (seenOf.get(recipient) ?? 0) + 1;
      seenOf.set(recipient, nth);
      // The first mail of every customer costs its sender the life, half of them before the server took it.
      if (nth > 1) return "accept";
      killing = killing.then(() => killSender(sender));
      await killing;
      return random.oncePer(2) ? "accept" : 451;
    },
  };
  const ticketIds = await system.addTickets({ workspaceId: "acme", count: customers * ticketsOfEach });
  await pool.query(
    `update tickets set email = 'p' || (substr(ticket_id, 2)::int % $1::int) || '@acme.example'`,
    [customers],
  );
  await csat.updateSettings("acme", { cooldownDays: 30 });
  await system.resolve({ workspaceId: "acme", ticketIds });
  onTestFinished(keepSpares(processes));
  for (let place = 0; place < processes; place++) workers.push(system.startWorker());

  await until(() => system.statuses(), { sent: customers, skipped: customers * (ticketsOfEach - 1) });
  await killing;
  for (const worker of workers) expect(await worker.stop(), worker.lines.join("\n")).toBe(0);

  const idsOf = new Map<string, Set<string>>();
  for (const { recipient, messageId } of mailServer.seen)
    idsOf.set(recipient, (idsOf.get(recipient) ?? new Set()).add(messageId));
  expect([...idsOf.values()].map(({ size }) => size)).toEqual(Array(customers).fill(1));
  expect(kills).toBeGreaterThan(0);
  const reasons = await pool.query(
    `select distinct state -> 'survey' ->> 'reason' as reason from csat.tickets where state -> 'survey' ->> 'status' = 'skipped'`,
  );
  expect(reasons.rows).toEqual([{ reason: "asked_recently" }]);
  printFigures("kill -9 within the cooldown", {
    seed: random.seed,
    customers,
    surveys: ticketIds.length,
    kills,
    "mails seen": mailServer.seen.length,
  });
});
