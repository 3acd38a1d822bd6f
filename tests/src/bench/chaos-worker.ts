// A worker as a process of its own, which may be killed. With "hogged" somebody else in it takes all connections most of the time.
import { setTimeout as pause } from "node:timers/promises";
import { silentLogger } from "@csat/core";
import { inProcessScheduler } from "@csat/memory";
import { nodemailerMailer } from "@csat/nodemailer";
import { Pool } from "pg";
import { benchDesk } from "./bench-desk.ts";

const [url = "", smtpUrl = "", name = "", kind = ""] = process.argv.slice(2);
const connections = 4;
const pool = new Pool({ connectionString: url, max: connections, application_name: name });
// Without a listener an idle connection that breaks ends the process.
pool.on("error", () => {});
const csat = await benchDesk(pool, {
  mailer: nodemailerMailer({ transport: `${smtpUrl}?name=${name}`, from: "csat@help.example.com" }),
  logger: silentLogger,
  scheduler: inProcessScheduler({ logger: silentLogger }),
  sweepEveryMs: 250,
  // Short, so that what a killed worker held is soon taken up by another.
  leaseForMs: 5_000,
});
process.on("disconnect", () => process.exit(0));
await csat.startWorker({ concurrency: 10 });
process.send?.("works");
while (kind === "hogged") {
  const held = await Promise.all(Array.from({ length: connections }, () => pool.connect()));
  await pause(1_000);
  for (const client of held) client.release();
  await pause(500);
}
