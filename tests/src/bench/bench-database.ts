import { randomBytes } from "node:crypto";
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
  await asAdmin(server.url, `create database ${name}`);
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    origin: server.origin,
    async drop() {
      await asAdmin(server.url, `drop database if exists ${name} with (force)`);
      if (on === undefined) await server.stop();
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
