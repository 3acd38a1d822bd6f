import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { Pool } from "pg";
import type { FromMailServer } from "./survey-mail-server.ts";
import type { FromWorker } from "./survey-worker.ts";

/** How many processes send how many surveys, through which kind of connections, and how long the mail server takes for a mail. */
export interface WorkerLoad {
  readonly surveys: number;
  readonly workers: number;
  readonly concurrency: number;
  readonly isPooled: boolean;
  readonly mailServerMs: number;
}

/** Surveys a second, from the word to start until the last one is `sent`; and how many distinct mails arrived. */
export interface WorkerThroughput {
  readonly surveysPerSecond: number;
  /** Of all workers together, per survey: what other work the machine has does not count. */
  readonly workerCpuMs: number;
  readonly mails: number;
}

/**
 * Arms surveys by one statement, then lets worker processes of their own send them to a mail server in yet another
 * process. The database must be migrated; what earlier runs left there stays.
 */
export async function measureWorkers(url: string, load: WorkerLoad): Promise<WorkerThroughput> {
  const messageIds = new Set<string>();
  const mailServer = start("survey-mail-server.ts", [String(load.mailServerMs)]);
  const pool = new Pool({ connectionString: url, max: 1 });
  const workers: ChildProcess[] = [];
  try {
    // The module of that name sends what its type says.
    const [listening] = (await once(mailServer, "message")) as [FromMailServer];
    const port = listening.kind === "listening" ? listening.port : 0;
    await arm(pool, load.surveys);
    const allTaken = new Promise<void>((resolve) => {
      mailServer.on("message", (message: FromMailServer) => {
        if (message.kind !== "mail") return;
        messageIds.add(message.messageId);
        if (messageIds.size === load.surveys) resolve();
      });
    });
    const smtpUrl = `smtp://127.0.0.1:${port}${load.isPooled ? `?pool=true&maxConnections=${load.concurrency}` : ""}`;
    for (let worker = 0; worker < load.workers; worker++) {
      workers.push(start("survey-worker.ts", [url, smtpUrl, String(load.concurrency)]));
    }
    await Promise.all(workers.map((worker) => once(worker, "message")));
    const begunAt = performance.now();
    for (const worker of workers) worker.send("start");
    await allTaken;
    await allSent(pool);
    const seconds = (performance.now() - begunAt) / 1000;
    const used = await Promise.all(workers.map(cpuMsOf));
    return {
      surveysPerSecond: load.surveys / seconds,
      workerCpuMs: used.reduce((sum, cpuMs) => sum + cpuMs, 0) / load.surveys,
      mails: messageIds.size,
    };
  } finally {
    for (const child of [...workers, mailServer]) {
      const gone = once(child, "exit");
      child.disconnect();
      await gone;
    }
    await pool.end();
  }
}

function start(file: string, words: readonly string[]): ChildProcess {
  return fork(fileURLToPath(new URL(file, import.meta.url)), words, {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
}

async function cpuMsOf(worker: ChildProcess): Promise<number> {
  const answered = once(worker, "message");
  worker.send("report");
  // The module of that name sends what its type says.
  const [message] = (await answered) as [FromWorker];
  return message.kind === "used" ? message.cpuMs : Number.NaN;
}

let runs = 0;

async function arm(pool: Pool, surveys: number): Promise<void> {
  runs++;
  const prefix = `run${runs}`;
  await pool.query(
    "insert into csat.settings values ('bench', true, 'immediately', null, null) on conflict do nothing",
  );
  await pool.query(
    `insert into csat.tickets (workspace_id, ticket_id, first_resolved_at, first_actor_id)
     select 'bench', $1 || '-' || n, now(), 'ada' from generate_series(1, $2::int) n`,
    [prefix, surveys],
  );
  await pool.query(
    `with armed as (
       insert into csat.surveys (workspace_id, id, ticket_id, status, generation, resolved_at, due_at, first_due_at, resolved_by)
       select 'bench', 's_' || $1 || '-' || n, $1 || '-' || n, 'scheduled', 1, now(), now(), now(), 'ada'
       from generate_series(1, $2::int) n returning workspace_id, id, due_at)
     insert into csat.due_surveys (workspace_id, survey_id, wake_at) select workspace_id, id, due_at from armed`,
    [prefix, surveys],
  );
  await pool.query("vacuum analyze csat.tickets, csat.surveys, csat.due_surveys");
}

async function allSent(pool: Pool): Promise<void> {
  for (;;) {
    const { rows } = await pool.query<{ waiting: string }>(
      "select count(*) as waiting from csat.due_surveys",
    );
    if (rows[0]?.waiting === "0") return;
  }
}
