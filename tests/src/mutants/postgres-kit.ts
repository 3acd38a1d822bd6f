// Bundled with a fault and run as a process of its own: see main.ts.
import { migrate, postgresStorage } from "@csat/postgres";
import { PGlite } from "@electric-sql/pglite";
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/pglite";
import { runCases } from "./run-cases.ts";

const client = new PGlite();
const db = drizzle(client);
await migrate(db);
const { rows } = await client.query<{ readonly name: string }>(
  "select quote_ident(tablename) as name from pg_tables where schemaname = 'csat' and tablename <> 'migrations'",
);
const emptyAll = `${rows.map(({ name }) => `delete from csat.${name};`).join(" ")}
delete from csat.daily_counts; delete from csat.daily_totals; delete from csat.count_deltas;`;
const rolledBack = new Error("rolled back");

await runCases(async () => {
  await client.exec(emptyAll);
  return {
    storage: postgresStorage(db),
    otherProcess: postgresStorage(drizzle(client)),
    hostTransaction: (work) =>
      db
        .transaction(async (tx) => {
          if ((await work(tx)) === "rollback") throw rolledBack;
        })
        .catch((error: unknown) => {
          if (error !== rolledBack) throw error;
        }),
    writeStatus: async ({ workspaceId, ticketId }, status) => {
      await db.execute(
        sql`update csat.surveys set status = ${status} where workspace_id = ${workspaceId} and ticket_id = ${ticketId}`,
      );
    },
  };
}, []);
