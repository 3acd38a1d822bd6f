import { testStorage } from "@csat/conformance";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { afterAll, beforeAll } from "vitest";
import { aFixture } from "./support/fixture.ts";
import { runner } from "./support/runner.ts";
import { aServerDatabase } from "./support/server-database.ts";

const database = aServerDatabase();
const clients: postgres.Sql[] = [];
const open = (options: postgres.Options<Record<string, never>> = {}) => {
  const client = postgres(database.url(), options);
  clients.push(client);
  return client;
};
let handles: readonly [postgres.Sql, postgres.Sql, postgres.Sql];
beforeAll(() => {
  handles = [open(), open(), open()];
});
afterAll(() => Promise.all(clients.map((client) => client.end())));

testStorage(
  "postgresStorage on a server, through a client of postgres.js",
  {
    create: () => {
      // A drizzle database changes how its client reads dates: it gets one of its own.
      const host = drizzle(handles[2]);
      return aFixture({
        db: handles[0],
        other: handles[1],
        admin: host,
        transaction: (work) => host.transaction(work),
        inZone: (zone) => open({ max: 3, connection: { TimeZone: zone } }),
      });
    },
  },
  runner,
);
