import { testStorage } from "@csat/conformance";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { afterAll, beforeAll } from "vitest";
import { aFixture } from "./support/fixture.ts";
import { runner } from "./support/runner.ts";
import { aServerDatabase } from "./support/server-database.ts";

const database = aServerDatabase();
let clients: readonly [postgres.Sql, postgres.Sql];
beforeAll(() => {
  clients = [postgres(database.url()), postgres(database.url())];
});
afterAll(() => Promise.all(clients.map((client) => client.end())));

testStorage(
  "postgresStorage on a server, through postgres.js",
  { create: () => aFixture(drizzle(clients[0]), drizzle(clients[1])) },
  runner,
);
