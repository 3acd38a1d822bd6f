import { randomBytes } from "node:crypto";
import { startPrivatePostgres } from "@csat-internal/test-support";
import { Pool } from "pg";

/** A new, empty database of a benchmark's own. `drop` removes it and ends a private server. */
export interface BenchDatabase {
  readonly url: string;
  readonly origin: string;
  drop(): Promise<void>;
}

/** Creates the database on the server that DATABASE_URL names, or on a private one. */
export async function benchDatabase(): Promise<BenchDatabase> {
  const given = process.env.DATABASE_URL;
  const server =
    given === undefined || given === ""
      ? // Durable: a server that need not survive a crash answers faster than any that people run.
        await startPrivatePostgres({ survivesCrash: true })
      : { url: given, origin: "the server of DATABASE_URL", stop: async () => {} };
  const name = `csat_bench_${randomBytes(5).toString("hex")}`;
  await asAdmin(server.url, `create database ${name}`);
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    origin: server.origin,
    async drop() {
      await asAdmin(server.url, `drop database if exists ${name} with (force)`);
      await server.stop();
    },
  };
}

async function asAdmin(url: string, statement: string): Promise<void> {
  const pool = new Pool({ connectionString: url, max: 1 });
  try {
    await pool.query(statement);
  } finally {
    await pool.end();
  }
}
