import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { migrate } from "@csat/postgres";
import { drizzle } from "drizzle-orm/node-postgres";
import { Pool } from "pg";
import { benchDatabase } from "./bench-database.ts";
import { measureClaims } from "./survey-claims.ts";
import type { SizePerSurvey } from "./survey-size.ts";
import { measureSurveys } from "./survey-steps.ts";
import { measureWorkers } from "./survey-workers.ts";

const { values } = parseArgs({
  options: {
    surveys: { type: "string", default: "4000" },
    only: { type: "string", default: "cost,claims,workers" },
  },
});
const surveys = Number(values.surveys);
const parts = new Set(values.only.split(","));
if (!Number.isSafeInteger(surveys) || surveys < 10) {
  throw new Error("--surveys is a whole number from 10 on; --only takes cost, claims and workers.");
}
const print = (line: string) => process.stdout.write(`${line}\n`);

const database = await benchDatabase();
const pool = new Pool({ connectionString: database.url, max: 1 });
try {
  await migrate(drizzle(pool));
  const { rows } = await pool.query<{ server_version: string }>("show server_version");
  print(
    `Postgres ${rows[0]?.server_version}: ${database.origin}; ${cpus().length} cores; Node ${process.version}`,
  );
  if (parts.has("cost")) await costs();
  if (parts.has("workers")) await workers();
  if (parts.has("claims")) await claims();
} finally {
  await pool.end();
  await database.drop();
}

async function costs(): Promise<void> {
  const measured = await measureSurveys(database.url, surveys);
  print(
    `\n${surveys} surveys: ${measured.mails} mails, ${measured.answers} answers, ${measured.deliveries} deliveries`,
  );
  print("\nper survey                       statements   ms of database CPU   ms executing");
  for (const { step, statements, executingMs, cpuMs } of measured.steps) {
    print(
      `${step.padEnd(32)} ${statements.toFixed(2).padStart(10)} ${(cpuMs?.toFixed(2) ?? "not seen").padStart(20)} ${executingMs.toFixed(2).padStart(14)}`,
    );
  }
  printSizes("mailed, not answered", measured.mailed);
  printSizes("answered and delivered", measured.answered);
}

function printSizes(title: string, sizes: readonly SizePerSurvey[]): void {
  print(`\nper survey, ${title.padEnd(22)} rows   bytes of table   of indexes`);
  for (const { table, rows, tableBytes, indexBytes } of sizes) {
    print(
      `${table.padEnd(32)} ${rows.toFixed(2).padStart(6)} ${tableBytes.toFixed(0).padStart(16)} ${indexBytes.toFixed(0).padStart(12)}`,
    );
  }
  const bytes = sizes.reduce((sum, { tableBytes, indexBytes }) => sum + tableBytes + indexBytes, 0);
  print(`${"in all".padEnd(32)} ${bytes.toFixed(0).padStart(36)}`);
}

async function claims(): Promise<void> {
  print("\nworkspaces with surveys that wait   ms of CPU a claim of the sweep   of a wake-up");
  for (const workspaces of [10, 1_000, 10_000]) {
    // Those of the call before would be claimed through as well.
    await pool.query("truncate csat.surveys, csat.due_surveys");
    const { sweepMs, wakeUpMs } = await measureClaims(database.url, workspaces);
    print(
      `${String(workspaces).padStart(34)} ${sweepMs.toFixed(2).padStart(32)} ${wakeUpMs.toFixed(2).padStart(14)}`,
    );
  }
}

async function workers(): Promise<void> {
  print(
    "\nworkers  concurrency  connections  mail server takes  surveys a second  ms of worker CPU a survey",
  );
  const loads = [
    { workers: 1, concurrency: 10, isPooled: false, mailServerMs: 0 },
    { workers: 1, concurrency: 10, isPooled: true, mailServerMs: 0 },
    { workers: 2, concurrency: 10, isPooled: true, mailServerMs: 0 },
    { workers: 1, concurrency: 10, isPooled: true, mailServerMs: 100 },
    { workers: 1, concurrency: 50, isPooled: true, mailServerMs: 100 },
    { workers: 2, concurrency: 50, isPooled: true, mailServerMs: 100 },
  ];
  for (const load of loads) {
    // A slow mail server needs fewer for the same figure.
    const count = load.mailServerMs > 0 ? Math.ceil(surveys / 4) : surveys;
    const { surveysPerSecond, workerCpuMs, mails } = await measureWorkers(database.url, {
      ...load,
      surveys: count,
    });
    if (mails !== count) throw new Error(`${mails} mails came of ${count} surveys.`);
    const kind = load.isPooled ? "pooled" : "one a mail";
    print(
      `${String(load.workers).padStart(7)} ${String(load.concurrency).padStart(12)} ${kind.padStart(12)} ${`${load.mailServerMs} ms`.padStart(18)} ${surveysPerSecond.toFixed(0).padStart(17)} ${workerCpuMs.toFixed(2).padStart(26)}`,
    );
  }
}
