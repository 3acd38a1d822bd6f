import { migrate, postgresStorage, printCountingTriggers } from "@csat/postgres";
import { createTestDatabase, type TestDatabase } from "@csat-internal/test-support";
import { drizzle } from "drizzle-orm/node-postgres";
import type { Pool } from "pg";
import { afterEach, beforeEach, expect, inject, test } from "vitest";
import { createMigrationsTable, createSchema, migrations, recordMigration } from "../src/migrations.ts";
import { countsThatAreOff } from "./support/counts-that-are-off.ts";
import { openPool } from "./support/open-pool.ts";

let database: TestDatabase;
let pool: Pool;
beforeEach(async () => {
  database = await createTestDatabase(inject("databaseUrl"));
  pool = openPool(database.url, 12);
  await pool.query([createSchema("csat"), createMigrationsTable("csat")].join(";"));
  for (const step of migrations("csat").filter(({ number }) => number === 1)) {
    await pool.query([...step.statements, recordMigration("csat", step)].join(";"));
  }
});
afterEach(async () => {
  await pool.end();
  await database.drop();
});

const surveys = 3000;

/** Surveys of ten days and five resolvers, the last of them nobody; every third one is answered. */
async function whatThereWas(): Promise<void> {
  await pool.query(
    `insert into csat.surveys (workspace_id, id, ticket_id, status, generation, resolved_at, due_at, first_due_at,
       sent_at, resolved_by)
     select 'acme', n::text, n::text, case when n % 3 = 0 then 'answered' else 'sent' end, 1, now(), now(), now(),
       timestamptz '2026-01-01 12:00Z' + n % 10 * interval '1 day',
       case when n % 5 > 0 then 'agent ' || n % 5 end
     from generate_series(1, $1::int) n`,
    [surveys],
  );
  await pool.query(
    `insert into csat.responses (workspace_id, survey_id, ticket_id, rating, responded_at)
     select workspace_id, id, ticket_id, 1 + id::int % 5, sent_at + interval '1 day'
     from csat.surveys where status = 'answered'`,
  );
}

/** What the release before sends for an answer, a late resolution and an erase: it knows nothing of counts. */
const written = [
  `with answered as (update csat.surveys set status = 'answered' where id = $1 and status = 'sent' returning *)
   insert into csat.responses (workspace_id, survey_id, ticket_id, rating, responded_at)
   select workspace_id, id, ticket_id, 2, sent_at from answered`,
  "update csat.surveys set resolved_by = 'late' where id = $1 and status <> 'erased'",
  `with erased as (update csat.surveys set status = 'erased', sent_at = null, resolved_by = null where id = $1)
   delete from csat.responses where survey_id = $1`,
] as const;

test("what was there before is counted, and so is what workers of the release before write during and after the upgrade", async () => {
  await whatThereWas();
  let isOver = false;
  let errors = 0;
  let number = 0;
  const worker = async (): Promise<void> => {
    while (!isOver) {
      number += 7;
      const statement = written[number % 11 === 0 ? 2 : number % 2];
      await pool.query(statement ?? written[0], [String(1 + (number % surveys))]).catch(() => errors++);
    }
  };
  const workers = Array.from({ length: 6 }, worker);
  await migrate(drizzle(pool));
  const storage = postgresStorage(drizzle(pool));
  await storage.maintain(new Date(), new AbortController().signal);
  isOver = true;
  await Promise.all(workers);
  await pool.query(written[0], ["1"]);
  expect(errors).toBe(0);
  expect((await pool.query(countsThatAreOff)).rows).toEqual([]);
  expect(await storage.recount("acme")).toEqual([]);
  const unknown = await pool.query("select 1 from csat.responses where resolved_by is null");
  expect(unknown.rows).toEqual([]);
});

test("tables that were made without triggers count once the printed ones are run, twice as once", async () => {
  await whatThereWas();
  await migrate(drizzle(pool));
  const { rows } = await pool.query<{ readonly drop: string }>(
    `select format('drop trigger %I on %s', tgname, tgrelid::regclass) as drop from pg_trigger where not tgisinternal`,
  );
  for (const { drop } of rows) await pool.query(drop);
  await pool.query(written[0], ["1"]);
  await pool.query(written[1], ["6"]);
  await pool.query(printCountingTriggers());
  await pool.query(printCountingTriggers());
  await pool.query(written[0], ["2"]);
  expect((await pool.query(countsThatAreOff)).rows).toEqual([]);
});

test("a role with rights on the older tables alone goes on answering after the upgrade", async () => {
  await whatThereWas();
  const role = `older_${Date.now()}`;
  await pool.query(`create role ${role}; grant usage on schema csat to ${role};
    grant select, insert, update, delete on all tables in schema csat to ${role}`);
  try {
    await migrate(drizzle(pool));
    const client = await pool.connect();
    await client.query(`set role ${role}`);
    await client.query(written[0], ["1"]);
    await client.query("reset role");
    client.release();
    expect((await pool.query(countsThatAreOff)).rows).toEqual([]);
  } finally {
    await pool.query(`drop owned by ${role}; drop role ${role}`);
  }
});
