import { testStorage } from "@csat/conformance";
import { drizzle } from "drizzle-orm/node-postgres";
import { aFixture } from "./support/fixture.ts";
import { runner } from "./support/runner.ts";
import { twoPools } from "./support/two-pools.ts";

const { pools, inZone } = twoPools();

testStorage(
  "postgresStorage on a server, through a drizzle database of node-postgres",
  {
    create: () => {
      const db = drizzle(pools()[0]);
      return aFixture({
        db,
        other: drizzle(pools()[1]),
        admin: db,
        transaction: (work) => db.transaction(work),
        inZone: (zone) => drizzle(inZone(zone)),
      });
    },
  },
  runner,
);
