// A worker as a process of its own: starts to work when its parent says so, and ends when that is gone.
import { createCsat } from "@csat/core";
import { inProcessScheduler } from "@csat/memory";
import { nodemailerMailer } from "@csat/nodemailer";
import { postgresStorage } from "@csat/postgres";
import { drizzle } from "drizzle-orm/node-postgres";
import { Pool } from "pg";
import { benchTickets } from "./survey-database.ts";

/** What this process tells its parent, which says "start" and, when all is sent, "report". */
export type FromWorker = { readonly kind: "ready" } | { readonly kind: "used"; readonly cpuMs: number };

const tell = (message: FromWorker) => process.send?.(message);

const [url = "", smtpUrl = "", concurrencyText = "10"] = process.argv.slice(2);
const concurrency = Number(concurrencyText);
const pool = new Pool({ connectionString: url, max: concurrency + 2 });
const csat = createCsat({
  storage: postgresStorage(drizzle(pool)),
  scheduler: inProcessScheduler(),
  mailer: nodemailerMailer({ transport: smtpUrl, from: "csat@help.example.com" }),
  tickets: benchTickets,
  publicUrl: "https://help.example.com/csat",
});
await pool.query("select 1");
let before = process.cpuUsage();
process.on("message", (word) => {
  if (word === "start") {
    before = process.cpuUsage();
    void csat.startWorker({ concurrency });
  }
  if (word === "report") {
    const { user, system } = process.cpuUsage(before);
    tell({ kind: "used", cpuMs: (user + system) / 1000 });
  }
});
process.on("disconnect", () => process.exit(0));
tell({ kind: "ready" });
