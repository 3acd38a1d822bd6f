import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { createCsat } from "@csat/core";
import { inProcessScheduler, memoryMailer, memoryTickets } from "@csat/memory";
import { migrate, postgresStorage } from "@csat/postgres";
import { createTestDatabase, sized } from "@csat-internal/test-support";
import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { expect, inject, test } from "vitest";
import { printFigures } from "./world/figures.ts";
import type { Outcomes } from "./world/links-process.ts";

const { tickets } = sized({ usual: { tickets: 200 }, full: { tickets: 1_000 } });

test("two processes that issue links and record answers for the same tickets at once: exact figures", async ({
  onTestFinished,
}) => {
  // S24, S41, S52, S81, S82
  const database = await createTestDatabase(inject("databaseUrl"), {
    template: { name: "links-and-answers", prepare: migrateAt },
  });
  onTestFinished(() => database.drop());
  const pool = new pg.Pool({ connectionString: database.url, max: 2 });
  onTestFinished(() => pool.end());
  const csat = createCsat({
    storage: postgresStorage(drizzle(pool)),
    scheduler: inProcessScheduler(),
    mailer: memoryMailer(),
    tickets: memoryTickets(),
    publicUrl: "https://help.example.com/csat",
  });
  await csat.updateSettings("acme", { enabled: true });
  const file = join(dirname(inject("workerFile")), "links-process.js");
  const both = await Promise.all(
    [1, 2].map(
      () =>
        new Promise<Outcomes>((resolve, reject) => {
          const child = spawn(process.execPath, [file], {
            env: { PATH: process.env.PATH, NODE_ENV: "production" },
            stdio: ["ignore", "ignore", "inherit", "ipc"],
          });
          onTestFinished(() => void child.kill("SIGKILL"));
          child.on("message", (outcomes: Outcomes) => resolve(outcomes));
          child.on("exit", () => reject(new Error("A process ended before it had told.")));
          child.send({ databaseUrl: database.url, tickets });
        }),
    ),
  );
  const total = (kind: string) => both.reduce((sum, outcomes) => sum + (outcomes[kind] ?? 0), 0);
  // Whoever comes second is given other links, or is told that the answer is there.
  expect(total("issued")).toBe(tickets);
  expect(total("again") + total("not_issued")).toBe(tickets);
  expect(total("recorded")).toBe(tickets);
  // Two calls record by hand for each ticket, and as many by link as there were links.
  const byLink = total("issued") + total("again");
  expect(total("duplicate") + total("already_responded")).toBe(2 * tickets + byLink - tickets);
  const { current, byResolver } = await csat.getMetrics("acme");
  expect([current.sent, current.responses]).toEqual([tickets, tickets]);
  expect(current.distribution[2] + current.distribution[5]).toBe(tickets);
  expect(byResolver).toMatchObject([{ actorId: "olivia", responses: tickets }]);
  expect(await csat.recount("acme")).toEqual([]);
  const { rows } = await pool.query<{ events: number; answers: number }>(
    "select (select count(*)::int from csat.events) as events, (select count(*)::int from csat.answers) as answers",
  );
  expect(rows).toEqual([{ events: tickets, answers: tickets }]);
  printFigures("links and answers", { tickets, links: byLink, answers: total("recorded") });
});

async function migrateAt(url: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  await migrate(drizzle(pool));
  await pool.end();
}
