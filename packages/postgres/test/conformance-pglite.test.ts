import { testStorage } from "@csat/conformance";
import { migrate } from "@csat/postgres";
import { PGlite } from "@electric-sql/pglite";
import { drizzle } from "drizzle-orm/pglite";
import { afterAll, beforeAll } from "vitest";
import { aFixture } from "./support/fixture.ts";
import { runner } from "./support/runner.ts";

const client = new PGlite();
const db = drizzle(client);
beforeAll(() => migrate(db));
afterAll(() => client.close());

testStorage("postgresStorage on PGlite", { create: () => aFixture(db, drizzle(client)) }, runner);
