// Bundled with a fault and run as a process of its own, on the server that main.ts names: see there.
import { randomBytes } from "node:crypto";
import { migrate, postgresStorage } from "@csat/postgres";
import pg from "pg";
import { runCases } from "./run-cases.ts";

const admin = new pg.Client({ connectionString: process.env.CSAT_MUTANTS_DATABASE_URL });
const name = `csat_mutant_${randomBytes(5).toString("hex")}`;
await admin.connect();
await admin.query(`create database "${name}"`);
const url = new URL(process.env.CSAT_MUTANTS_DATABASE_URL ?? "");
url.pathname = `/${name}`;

const pools: pg.Pool[] = [];
function open(options = ""): pg.Pool {
  const pool = new pg.Pool({ connectionString: url.href, options });
  // A case that fails leaves connections behind, which end with the database.
  pool.on("error", () => {});
  pools.push(pool);
  return pool;
}

const [pool, other] = [open(), open()];
await migrate(pool);
const { rows } = await pool.query<{ readonly name: string }>(
  "select quote_ident(tablename) as name from pg_tables where schemaname = 'csat' and tablename <> 'migrations'",
);
const emptyAll = rows.map((table) => `delete from csat.${table.name};`).join(" ");
const zoned = new Map<string, pg.Pool>();

await runCases(
  async () => {
    await pool.query(emptyAll);
    return {
      storage: postgresStorage(pool),
      otherProcess: postgresStorage(other),
      async hostTransaction(work) {
        const client = await pool.connect();
        try {
          await client.query("begin");
          await client.query(await work({ query: ({ text, values }) => client.query(text, [...values]) }));
        } finally {
          client.release(true);
        }
      },
      async inZone(zone) {
        const known = zoned.get(zone) ?? open(`-c TimeZone=${zone}`);
        zoned.set(zone, known);
        return postgresStorage(known);
      },
    };
  },
  [],
  async () => {
    await admin.query(`drop database "${name}" with (force)`);
  },
);
