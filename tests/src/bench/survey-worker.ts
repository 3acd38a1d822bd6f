// A worker as a process of its own: starts to work when its parent says so, and ends when that is gone.
import { createCsat } from "@csat/core";
import { inProcessScheduler } from "@csat/memory";
import { nodemailerMailer } from "@csat/nodemailer";
import { postgresStorage } from "@csat/postgres";
import { drizzle } from "drizzle-orm/node-postgres";
import { Pool } from "pg";
import { benchTickets } from "./survey-database.ts";

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
process.once("message", () => void csat.startWorker({ concurrency }));
process.on("disconnect", () => process.exit(0));
process.send?.({ kind: "ready" });
