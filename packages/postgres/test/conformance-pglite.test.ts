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
  {
    async create() {
      const db = drizzle(client);
      const setZone = (zone: string) => client.exec(`set time zone '${zone}'`);
      await setZone("UTC");
      return aFixture({
        db,
        other: client,
        admin: db,
        transaction: (work) => db.transaction(work),
        async inZone(zone) {
          // There is one session.
          await setZone(zone);
          return client;
        },
      });
    },
  },
  runner,
);
