import { testStorage } from "@csat/conformance";
import type { DrizzleDatabase } from "@csat/postgres";
import { drizzle } from "drizzle-orm/node-postgres";
import type { Pool } from "pg";
import { aFixture } from "./support/fixture.ts";
import { runner } from "./support/runner.ts";
import { twoPools } from "./support/two-pools.ts";

const { pools, inZone } = twoPools();

/** A drizzle database that does not show the client it was made of, as over a driver that nobody knows. */
function overUnknownClient(pool: Pool): DrizzleDatabase {
  const db = drizzle(pool);
  return {
    execute: (query) => db.execute(query as Parameters<typeof db.execute>[0]), // Both are what drizzle executes.
    transaction: (work, config) => db.transaction(work, config),
  };
}

testStorage(
  "postgresStorage on a server, through a drizzle database of an unknown driver",
  {
    create: () => {
      const db = overUnknownClient(pools()[0]);
      return aFixture({
        db,
        other: overUnknownClient(pools()[1]),
        admin: db,
        transaction: (work) => db.transaction(work),
        inZone: (zone) => overUnknownClient(inZone(zone)),
      });
    },
  },
  runner,
);
