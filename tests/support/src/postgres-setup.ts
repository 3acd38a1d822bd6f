import { randomBytes } from "node:crypto";
import type { TestProject } from "vitest/node";
import { dropRunDatabases } from "./postgres/drop-run-databases.ts";
import { startTestPostgres, type TestPostgres } from "./postgres/test-postgres.ts";

interface SharedServer {
  readonly started: Promise<TestPostgres>;
  readonly prefix: string;
  users: number;
}

// Each vitest project loads this file anew; what they share must outlive the module.
const key = Symbol.for("csat.test-postgres");
// The symbol is ours alone, so nothing else can have put another type there.
const shared = globalThis as { [key]?: SharedServer };

/** Vitest global setup: gives the projects that list it one Postgres server, which ends with the last of them. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  shared[key] ??= { started: announce(startTestPostgres()), prefix: newPrefix(), users: 0 };
  const server = shared[key];
  server.users++;
  const { url, origin, stop } = await server.started;
  project.provide("databaseUrl", url);
  project.provide("databasePrefix", server.prefix);
  return async () => {
    server.users--;
    if (server.users > 0) return;
    delete shared[key];
    if (origin.startsWith("DATABASE_URL")) await dropRunDatabases({ adminUrl: url, prefix: server.prefix });
    await stop();
  };
}

function newPrefix(): string {
  return `csat_test_${randomBytes(5).toString("hex")}`;
}

async function announce(started: Promise<TestPostgres>): Promise<TestPostgres> {
  const server = await started;
  console.log(`Postgres for tests: ${server.origin}`);
  return server;
}
