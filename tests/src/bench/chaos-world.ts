import { setTimeout as pause } from "node:timers/promises";
import { migrate } from "@csat/postgres";
import type { startPrivatePostgres } from "@csat-internal/test-support";
import { Pool } from "pg";
import { type MailServer, startMailServer } from "../../failures/world/mail-server.ts";
import { benchDatabase } from "./bench-database.ts";
import { benchDesk, manyResolved } from "./bench-desk.ts";
import { type Child, startChild } from "./child.ts";

/** A server of the bench's own, which it may take away. */
export type ChaosServer = Awaited<ReturnType<typeof startPrivatePostgres>>;

/** What trouble is made in. */
export interface ChaosWorld {
  readonly server: ChaosServer;
  readonly url: string;
  /** For whoever makes the trouble; survives restarts of the server. */
  readonly pool: Pool;
  readonly mailServer: MailServer;
  readonly surveys: number;
  startWorker(kind?: "hogged"): Promise<Child<string>>;
  /** Resolves when so many mails were taken, or the run is over. */
  mailsReach(count: number): Promise<void>;
  readonly isOver: () => boolean;
}

/** What became of the surveys of one run. */
export interface ChaosFigures {
  readonly surveysPerSecond: number;
  /** Surveys without a mail. */
  readonly lost: number;
  /** Mails of one survey under another Message-ID. */
  readonly twice: number;
  /** Mails that came again under the same Message-ID, which mail servers and clients know. */
  readonly repeated: number;
}

/** Arms surveys, lets `trouble` start workers and make trouble, and counts the mails once nothing is due any more. */
export async function inChaos(
  server: ChaosServer,
  surveys: number,
  trouble: (world: ChaosWorld) => Promise<void>,
): Promise<ChaosFigures> {
  const database = await benchDatabase({ ...server, stop: async () => {} });
  const pool = new Pool({ connectionString: database.url, max: 4 });
  pool.on("error", () => {});
  const mailServer = await startMailServer();
  const workers: Child<string>[] = [];
  let isOver = false;
  try {
    await migrate(pool);
    await (await benchDesk(pool)).ticketsResolved(manyResolved("t", surveys));
    const world: ChaosWorld = {
      server,
      url: database.url,
      pool,
      mailServer,
      surveys,
      startWorker: async (kind) => {
        const name = `chaos-worker-${workers.length + 1}`;
        const words = [database.url, mailServer.url, name, kind ?? ""];
        const worker = startChild<string>("chaos-worker.ts", { words });
        workers.push(worker);
        await worker.next();
        return worker;
      },
      mailsReach: async (count) => {
        while (mailServer.taken.length < count && !isOver) await pause(5);
      },
      isOver: () => isOver,
    };
    const troubled = trouble(world);
    await world.mailsReach(1);
    const begunAt = performance.now();
    await settled(pool);
    const seconds = (performance.now() - begunAt) / 1_000;
    isOver = true;
    await troubled;
    const { taken } = mailServer;
    const ids = new Set(taken.map(({ messageId }) => messageId)).size;
    const reached = new Set(taken.map(({ recipient }) => recipient)).size;
    return {
      surveysPerSecond: surveys / seconds,
      lost: surveys - reached,
      twice: ids - reached,
      repeated: taken.length - ids,
    };
  } finally {
    isOver = true;
    for (const worker of workers) await worker.kill();
    await mailServer.goDown();
    await pool.end();
    await database.drop();
  }
}

async function settled(pool: Pool): Promise<void> {
  for (;;) {
    try {
      const { rows } = await pool.query("select 1 from csat.due_tickets where wake_at is not null limit 1");
      if (rows.length === 0) return;
    } catch {
      // The server is away: asked again.
    }
    await pause(10);
  }
}
