import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { startPrivatePostgres } from "@csat-internal/test-support";
import { Pool } from "pg";

/** A new, empty database of a benchmark's own. `drop` removes it and ends a private server. */
export interface BenchDatabase {
  readonly url: string;
  readonly origin: string;
  drop(): Promise<void>;
}

/** A server on which benchmarks create databases. `stop` ends a private one. */
export interface BenchServer {
  readonly url: string;
  readonly origin: string;
  stop(): Promise<void>;
}

/** The server that DATABASE_URL names, or a private one. */
export async function benchServer(): Promise<BenchServer> {
  const given = process.env.DATABASE_URL;
  return given === undefined || given === ""
    ? // Durable: a server that need not survive a crash answers faster than any that people run.
      await startPrivatePostgres({ survivesCrash: true })
    : { url: given, origin: "the server of DATABASE_URL", stop: async () => {} };
}

/** Creates the database on `on`, or on a server of its own that ends with it. */
export async function benchDatabase(on?: BenchServer): Promise<BenchDatabase> {
  const server = on ?? (await benchServer());
  const name = `csat_bench_${randomBytes(5).toString("hex")}`;
  await asAdmin(server.url, (admin) => admin.query(`create database ${name}`));
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    origin: server.origin,
    async drop() {
      await asAdmin(server.url, async (admin) => {
        // A pool that was told to end is gone before its connections are: one that is cut off would end the bench.
        for (let look = 0; look < mostLooks && (await isUsed(admin, name)); look++) await pause(20);
        await admin.query(`drop database if exists ${name} with (force)`);
      });
      if (on === undefined) await server.stop();
    },
  };
}

const mostLooks = 500;

async function isUsed(admin: Pool, name: string): Promise<boolean> {
  const { rows } = await admin.query("select 1 from pg_stat_activity where datname = $1", [name]);
  return rows.length > 0;
}

async function asAdmin(url: string, work: (admin: Pool) => Promise<unknown>): Promise<void> {
  const pool = new Pool({ connectionString: url, max: 1 });
  try {
    await work(pool);
  } finally {
    await pool.end();
  }
}
