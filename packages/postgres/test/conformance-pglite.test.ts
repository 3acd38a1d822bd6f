import { testStorage } from "@csat/conformance";
import { migrate } from "@csat/postgres";
import { createTestPglite } from "@csat-internal/test-support";
import type { PGlite } from "@electric-sql/pglite";
import { drizzle } from "drizzle-orm/pglite";
import { afterAll, beforeAll } from "vitest";
import { aFixture } from "./support/fixture.ts";
import { runner } from "./support/runner.ts";

let client: PGlite;
beforeAll(async () => {
  client = await createTestPglite();
  await migrate(drizzle(client));
});
afterAll(() => client.close());

testStorage(
  "postgresStorage on PGlite",
  { create: () => aFixture(drizzle(client), drizzle(client)) },
  runner,
);
