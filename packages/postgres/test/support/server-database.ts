import { migrate } from "@csat/postgres";
import { createTestDatabase, type TestDatabase } from "@csat-internal/test-support";
import { drizzle } from "drizzle-orm/node-postgres";
import { afterAll, beforeAll, inject } from "vitest";
import { openPool } from "./open-pool.ts";

/** A database of the test file's own on the server of the run, with our tables in the schema `csat`. */
export interface ServerDatabase {
  /** Its URL; known once the file's tests run. */
  url(): string;
}

/** Creates the database before the tests of a file and drops it after them. */
export function aServerDatabase(): ServerDatabase {
  let database: TestDatabase | undefined;
  beforeAll(async () => {
    const template = { name: "csat_postgres", prepare };
    database = await createTestDatabase(inject("databaseUrl"), { template });
  });
  afterAll(() => database?.drop());
  return { url: () => database?.url ?? "" };
}

async function prepare(url: string): Promise<void> {
  const pool = openPool(url);
  await migrate(drizzle(pool));
  await pool.end();
}
