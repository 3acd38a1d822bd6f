// Bundled with a fault and run as a process of its own, on the server that main.ts names: see there.
import { randomBytes } from "node:crypto";
import { migrate, mysqlStorage } from "@csat/mysql";
import { createConnection, createPool, type Pool, type RowDataPacket } from "mysql2/promise";
import { runCases } from "./run-cases.ts";

const serverUrl = process.env.CSAT_MUTANTS_MYSQL_URL ?? "";
const admin = await createConnection(serverUrl);
const name = `csat_mutant_${randomBytes(5).toString("hex")}`;
await admin.query(`create database ${name}`);
const url = new URL(serverUrl);
url.pathname = `/${name}`;

function open(zone?: string): Pool {
  const pool = createPool({ uri: url.href, connectionLimit: 10 });
  if (zone !== undefined)
    pool.pool.on("connection", (connection) => connection.query(`set time_zone = '${zone}'`));
  return pool;
}

const [pool, other] = [open(), open()];
await migrate(pool);
const [tables] = await pool.query<RowDataPacket[]>(
  "select table_name as name from information_schema.tables where table_schema = database() and table_name <> 'csat_migrations'",
);
// A server knows names of zones only where somebody loaded them.
const offsets: Readonly<Record<string, string>> = {
  "Pacific/Auckland": "+13:00",
  "America/Los_Angeles": "-08:00",
};
const zoned = new Map<string, Pool>();

await runCases(
  async () => {
    for (const table of tables) await admin.query(`delete from ${name}.${table.name}`);
    return {
      storage: mysqlStorage(pool),
      otherProcess: mysqlStorage(other),
      async hostTransaction(work) {
        const connection = await pool.getConnection();
        try {
          // Without a level, as most hosts open it: REPEATABLE READ, where a fault shows that READ COMMITTED forgives.
          await connection.query("start transaction");
          const end = await work({
            query: ({ text, values }) => connection.execute({ sql: text, values: [...values] }),
          });
          await connection.query(end);
        } finally {
          connection.destroy();
        }
      },
      async inZone(zone) {
        const offset = offsets[zone];
        if (offset === undefined) throw new Error(`No offset is known for ${zone}.`);
        const known = zoned.get(zone) ?? open(offset);
        zoned.set(zone, known);
        return mysqlStorage(known);
      },
    };
  },
  [],
  async () => {
    await admin.query(`drop database ${name}`);
  },
);
