// A worker that lives long, as a process of its own: it resolves, mails, answers and delivers, and tells its memory on the way.
import { Pool } from "pg";
import { benchDesk, comment, keepingMailer, manyResolved } from "./bench-desk.ts";
import { nothingDue } from "./nothing-due.ts";

/** Surveys that were mailed, answered and whose events were delivered so far; bytes in use after a garbage collection. */
export interface MemoryAt {
  readonly surveys: number;
  readonly liveBytes: number;
}

const [url = "", surveysText = "", stepText = ""] = process.argv.slice(2);
const [surveys, step] = [Number(surveysText), Number(stepText)];
process.on("disconnect", () => process.exit(0));

const pool = new Pool({ connectionString: url, max: 10 });
const mailer = keepingMailer();
const csat = await benchDesk(pool, {
  mailer,
  webhooks: {
    endpointsFor: async () => [{ id: "crm", url: "https://crm.example.com/csat" }],
    deliver: async () => ({ ok: true }),
  },
  sweepEveryMs: 1_000,
});
const worker = await csat.startWorker({ concurrency: 20 });
for (let done = 0; done < surveys; done += step) {
  await csat.ticketsResolved(manyResolved(`t-${done}`, step));
  await nothingDue(pool, "due_tickets");
  const tokens = mailer.tokens.splice(0);
  for (let from = 0; from < tokens.length; from += 50) {
    const some = tokens.slice(from, from + 50);
    await Promise.all(some.map((token) => csat.submitResponse({ token, rating: 4, comment })));
  }
  await nothingDue(pool, "due_events");
  for (let round = 0; round < 3; round++) globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  const told: MemoryAt = { surveys: done + step, liveBytes: heapUsed + external };
  process.send?.(told);
}
await worker.stop();
await pool.end();
process.disconnect();
