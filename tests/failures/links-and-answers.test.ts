import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { createCsat, type Store } from "@csat/core";
import { inProcessScheduler, memoryMailer, memoryTickets } from "@csat/memory";
import * as mysql from "@csat/mysql";
import * as postgres from "@csat/postgres";
import { createTestDatabase, createTestMysql, sized } from "@csat-internal/test-support";
import { createPool, type RowDataPacket } from "mysql2/promise";
import pg from "pg";
import { expect, inject, onTestFinished, test } from "vitest";
import { printFigures } from "./world/figures.ts";
import type { Outcomes } from "./world/links-process.ts";

const { tickets } = sized({ usual: { tickets: 200 }, full: { tickets: 1_000 } });

test.each([
  ["Postgres", onPostgres],
  ["MySQL", onMysql],
])(
  "on %s two processes issue links and record answers for the same tickets at once: exact figures",
  async (name, open) => {
    // S24, S41, S52, S81, S82
    const database = await open();
    onTestFinished(() => database.close());
    const csat = createCsat({
      storage: database.storage,
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
    expect(await database.rows()).toEqual({ events: tickets, answers: tickets });
    printFigures(`links and answers on ${name}`, { tickets, links: byLink, answers: total("recorded") });
  },
);

/** A database with our tables, and how many rows two of them have. */
interface Opened {
  readonly url: string;
  readonly storage: Store;
  rows(): Promise<{ readonly events: number; readonly answers: number }>;
  close(): Promise<void>;
}

async function onPostgres(): Promise<Opened> {
  const database = await createTestDatabase(inject("databaseUrl"));
  const pool = new pg.Pool({ connectionString: database.url, max: 2 });
  await postgres.migrate(pool);
  const rowsOf = async (table: string) =>
    (await pool.query<{ count: number }>(`select count(*)::int as count from csat.${table}`)).rows[0]?.count;
  return {
    url: database.url,
    storage: postgres.postgresStorage(pool),
    rows: async () => ({ events: (await rowsOf("events")) ?? 0, answers: (await rowsOf("answers")) ?? 0 }),
    close: async () => {
      await pool.end();
      await database.drop();
    },
  };
}

async function onMysql(): Promise<Opened> {
  const database = await createTestMysql(inject("mysqlUrl"));
  const pool = createPool({ uri: database.url, connectionLimit: 2 });
  await mysql.migrate(pool);
  const rowsOf = async (table: string) => {
    const [[row]] = await pool.query<RowDataPacket[]>(`select count(*) as count from csat_${table}`);
    return Number(row?.count);
  };
  return {
    url: database.url,
    storage: mysql.mysqlStorage(pool),
    rows: async () => ({ events: await rowsOf("events"), answers: await rowsOf("answers") }),
    close: async () => {
      await pool.end();
      await database.drop();
    },
  };
}
