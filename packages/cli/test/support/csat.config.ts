// The config of the processes that tests start; they say where things are by the environment.
import { createCsat } from "@csat/core";
import { inProcessScheduler, memoryMailer, memoryTickets } from "@csat/memory";
import { inspectDatabase, migrate, postgresStorage } from "@csat/postgres";
import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { defineConfig } from "../../src/index.ts";

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL });
const db = drizzle(pool);
const mailer = memoryMailer();
const csat = createCsat({
  storage: postgresStorage(db),
  scheduler: inProcessScheduler(),
  mailer,
  tickets: memoryTickets(),
  publicUrl: "http://127.0.0.1:1/csat",
});

// It leaves its connections open on purpose: a command ends all the same.
export default defineConfig({
  csat,
  mailer,
  database: { migrate: (options) => migrate(db, options), inspect: () => inspectDatabase(db) },
});
