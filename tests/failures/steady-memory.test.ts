import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { migrate } from "@csat/postgres";
import { createTestDatabase, sized } from "@csat-internal/test-support";
import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { expect, inject, test } from "vitest";
import { printFigures } from "./world/figures.ts";
import type { HeapAt } from "./world/steady-worker.ts";
import { until } from "./world/wait.ts";

const megabyte = 1_000_000;
// What stays for each survey shows in the long run; the short one is enough for the 3 kB that a listener would be.
const { from, to, most } = sized({
  usual: { from: 1_000, to: 4_000, most: 2 * megabyte },
  full: { from: 10_000, to: 50_000, most: 5 * megabyte },
});

test("a worker's memory does not grow with its age", async ({ onTestFinished }) => {
  const database = await createTestDatabase(inject("databaseUrl"), {
    template: { name: "steady-memory", prepare: migrateAt },
  });
  onTestFinished(() => database.drop());
  const file = join(dirname(inject("workerFile")), "steady-worker.js");
  const child = spawn(process.execPath, ["--expose-gc", file], {
    env: { PATH: process.env.PATH, NODE_ENV: "production" },
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const heaps = new Map<number, number>();
  let lines = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    lines += text;
  });
  child.on("message", ({ sent, heapBytes }: HeapAt) => heaps.set(sent, heapBytes));
  child.send({ databaseUrl: database.url, surveys: to });
  await until(() => {
    if (child.exitCode !== null && !heaps.has(to)) throw new Error(`The worker ended: ${lines}`);
    return Math.max(0, ...heaps.keys());
  }, to);
  const grownBy = (heaps.get(to) ?? Number.NaN) - (heaps.get(from) ?? Number.NaN);
  printFigures("a long-lived worker", {
    [`MB at ${from} surveys`]: ((heaps.get(from) ?? 0) / megabyte).toFixed(1),
    [`MB at ${to} surveys`]: ((heaps.get(to) ?? 0) / megabyte).toFixed(1),
    "MB grown": (grownBy / megabyte).toFixed(2),
  });
  expect(grownBy).toBeLessThan(most);
  expect(lines).toBe("");
});

async function migrateAt(url: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  await migrate(drizzle(pool));
  await pool.end();
}
