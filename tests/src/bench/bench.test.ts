import { createTestDatabase, type TestDatabase } from "@csat-internal/test-support";
import { Pool } from "pg";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { csatOver, readPage } from "./dashboard-page.ts";
import { measureExport } from "./export-memory.ts";
import { alternating, median } from "./measure.ts";
import { pages } from "./page-times.ts";
import { countPage } from "./straightforward-page.ts";
import { loadVolume } from "./volume.ts";

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await createTestDatabase(inject("databaseUrl"));
  pool = new Pool({ connectionString: database.url, max: 2 });
  await loadVolume(pool, { busy: 8000, others: 3000, operators: 16 });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

test.each(pages)("both ways to the page of $name come to the same figures", async ({ range, spans }) => {
  // S44 S47
  for (const workspaceId of ["busy", "tenth", "other 8"]) {
    const counted = await countPage(pool, workspaceId, spans);
    expect(counted.current.responses).toBeGreaterThan(10);
    expect(await readPage(csatOver(pool), workspaceId, range)).toEqual(counted);
  }
});

test("an export has every answer", async () => {
  const another = await createTestDatabase(inject("databaseUrl"));
  try {
    expect((await measureExport(another.url, 1200)).rows).toBe(1200);
  } finally {
    await another.drop();
  }
});

test("the median is the middle of what was measured, the first turn apart", async () => {
  expect([median([3, 1, 2]), median([4, 1, 2, 3])]).toEqual([2, 2.5]);
  const values = [100, 1, 3, 2];
  expect(await alternating(3, [async () => values.shift() ?? 0])).toEqual([2]);
});
