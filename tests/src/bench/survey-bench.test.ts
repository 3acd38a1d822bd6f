import { migrate } from "@csat/postgres";
import { createTestDatabase, type TestDatabase } from "@csat-internal/test-support";
import { drizzle } from "drizzle-orm/node-postgres";
import { Pool } from "pg";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { measureClaims } from "./survey-claims.ts";
import { measureSurveys, type SurveyCosts } from "./survey-steps.ts";

const surveys = 40;
let database: TestDatabase;
let costs: SurveyCosts;
beforeAll(async () => {
  database = await createTestDatabase(inject("databaseUrl"));
  const pool = new Pool({ connectionString: database.url, max: 1 });
  await migrate(drizzle(pool));
  await pool.end();
  costs = await measureSurveys(database.url, surveys);
});
afterAll(() => database.drop());

test("every survey of the measurement is mailed, answered and delivered", () => {
  expect(costs).toMatchObject({ mails: surveys, answers: surveys, deliveries: surveys });
});

test("opening the page and answering take one statement each, and every step takes time", () => {
  const of = new Map(costs.steps.map((step) => [step.step, step]));
  expect(of.get("open the page")?.statements).toBe(1);
  expect(of.get("answer")?.statements).toBe(1);
  expect(costs.steps.filter(({ executingMs }) => !(executingMs > 0))).toEqual([]);
});

test("sizes are rows of the tables by survey", () => {
  const rows = (sizes: SurveyCosts["mailed"], name: string) =>
    sizes.find(({ table }) => table === name)?.rows;
  expect(rows(costs.mailed, "responses")).toBeUndefined();
  expect(rows(costs.answered, "responses")).toBe(1);
  // resolved, scheduled, sent; and answered.
  expect([rows(costs.mailed, "journal"), rows(costs.answered, "journal")]).toEqual([3, 4]);
});

test("a claim is timed beside surveys that wait for their time", async () => {
  const { sweepMs, wakeUpMs } = await measureClaims(database.url, 3);
  expect(Math.min(sweepMs, wakeUpMs)).toBeGreaterThan(0);
});
