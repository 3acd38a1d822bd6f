// A worker that lives long, as a process of its own: it resolves, sends, and tells how large its heap is on the way.
import { setTimeout as pause } from "node:timers/promises";
import { createCsat } from "@csat/core";
import { inProcessScheduler } from "@csat/memory";
import { postgresStorage } from "@csat/postgres";
import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { surveysTable } from "./surveys-table.ts";

/** Surveys that were sent and settled, and the bytes in use after a garbage collection. */
export interface HeapAt {
  readonly sent: number;
  readonly heapBytes: number;
}

// So few that a slow machine, too, tells of one within a minute: the test waits while something moves.
const perStep = 250;
const workspaceId = "acme";

process.on("disconnect", () => process.exit(1));
process.on("message", (ask: { readonly databaseUrl: string; readonly surveys: number }) => void work(ask));

async function work({ databaseUrl, surveys }: { readonly databaseUrl: string; readonly surveys: number }) {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 });
  const csat = createCsat({
    storage: postgresStorage(drizzle(pool)),
    scheduler: inProcessScheduler(),
    mailer: {
      send: async ({ messageIdLocalPart }) => ({
        kind: "accepted",
        messageId: `<${messageIdLocalPart}@x.example>`,
      }),
    },
    tickets: {
      getTicket: async ({ ticketId }) => ({
        ticketId,
        status: "resolved",
        subject: "Printer",
        url: null,
        workspaceName: "Acme",
        customer: { name: "Ada", email: "ada@example.com", locale: null },
        assignee: null,
      }),
      getTickets: async () => [],
    },
    theme: async () => ({ accentColor: "#123456", logo: null }),
    publicUrl: "https://help.example.com/csat",
    sweepEveryMs: 1_000,
  });
  await csat.updateSettings(workspaceId, { enabled: true, sendDelay: "immediately" });
  const worker = await csat.startWorker({ concurrency: 20 });
  for (let sent = 0; sent < surveys; ) {
    const resolvedAt = new Date();
    const step = Array.from({ length: perStep }, (_, place) => `T${sent + place}`);
    await csat.ticketsResolved(
      step.map((ticketId) => ({ workspaceId, ticketId, actorId: "olivia", resolvedAt })),
    );
    sent += perStep;
    while ((await settled(pool)) < sent) await pause(50);
    // Node gives it where it was started with --expose-gc.
    for (let round = 0; round < 3; round++) globalThis.gc?.();
    const told: HeapAt = { sent, heapBytes: process.memoryUsage().heapUsed };
    process.send?.(told);
  }
  await worker.stop();
  await pool.end();
  process.disconnect();
}

async function settled(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `select count(*)::int as count from ${surveysTable} where status = 'sent'`,
  );
  return rows[0]?.count ?? 0;
}
