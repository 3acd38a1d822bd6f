// The config of the csat process in same-csv.test.ts. It reads what the test has written.
import { createCsat } from "@csat/core";
import { inProcessScheduler, memoryMailer, memoryTickets } from "@csat/memory";
import { postgresStorage } from "@csat/postgres";
import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL });
const csat = createCsat({
  storage: postgresStorage(drizzle(pool)),
  scheduler: inProcessScheduler(),
  mailer: memoryMailer(),
  tickets: memoryTickets(),
  publicUrl: "https://help.example.com/csat",
});

export default { csat, close: () => pool.end() };
