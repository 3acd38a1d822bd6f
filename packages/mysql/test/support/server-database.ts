import { migrate } from "@csat/mysql";
import { createTestMysql, type TestDatabase } from "@csat-internal/test-support";
import { afterAll, beforeAll, inject } from "vitest";
import { openPool } from "./open-pool.ts";

/** A database of the test file's own on the server of the run, with our tables. */
export interface ServerDatabase {
  /** Its URL; known once the file's tests run. */
  url(): string;
}

/** Creates the database before the tests of a file and drops it after them. */
export function aServerDatabase(): ServerDatabase {
  let database: TestDatabase | undefined;
  beforeAll(async () => {
    database = await createTestMysql(inject("mysqlUrl"));
    const pool = openPool(database.url);
    await migrate(pool);
    await pool.end();
  });
  afterAll(() => database?.drop());
  return { url: () => database?.url ?? "" };
}
