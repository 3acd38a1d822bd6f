import { postgresStorage } from "@csat/postgres";
import { createTestDatabase } from "@csat-internal/test-support";
import { Pool } from "pg";
import { expect, inject, test } from "vitest";
import { migrate } from "../src/migrate.ts";

// Tables that grew since their last ANALYZE, and those of a few pages, are where a planner likes to read all of them.
test.each([
  { expected: 0, id: "new" },
  { expected: 1, id: "t7" },
])("a write of one ticket at version $expected reads no table whole", async ({ expected, id }) => {
  const database = await createTestDatabase(inject("databaseUrl"));
  const pool = new Pool({ connectionString: database.url, max: 1 });
  try {
    await migrate(pool);
    await pool.query(
      "insert into csat.tickets (workspace_id, id, version, state) select 'acme', 't' || n, 1, '{}' from generate_series(1, 500) n",
    );
    await pool.query("load 'auto_explain'");
    const plans: string[] = [];
    await pool.query(
      "set auto_explain.log_min_duration = 0; set auto_explain.log_format = 'json'; set client_min_messages = 'log'",
    );
    const client = await pool.connect();
    client.on("notice", ({ message }) => void plans.push(message ?? ""));
    client.release();
    const key = { kind: "ticket", workspaceId: "acme", id } as const;
    const due = { kind: "waiting", wakeAt: new Date(0), firstDueAt: new Date(0) } as const;
    const cells = { kind: "ticket", sentAt: null, resolvedBy: null } as const;
    const head = { key, expected, state: {}, cells, due };
    const [outcome] = await postgresStorage(pool).auto.write([{ heads: [head] }]);
    expect(outcome).toBe("written");
    expect(plans).toHaveLength(1);
    expect(plans[0]).toContain('"Relation Name": "tickets"');
    expect(plans[0]).not.toContain('"Node Type": "Seq Scan"');
  } finally {
    await pool.end();
    await database.drop();
  }
});
