import { fromMysql2 } from "@csat/core/transactions";
import { migrate, mysqlStorage } from "@csat/mysql";
import { startPrivateMysql } from "@csat-internal/test-support";
import { createPool, type Pool } from "mysql2/promise";
import { benchDeskOn, manyResolved, resolved, workspaceId } from "../bench-desk.ts";
import { alternate, type Bench, type BenchPath, type Measured } from "../bench-path.ts";
import { millisecondsOf } from "../measure.ts";

/** One resolution in the host's transaction, through mysql2. */
export const resolveOnMysql: BenchPath = {
  id: "resolve-mysql",
  title: "resolve one in the host's transaction on MySQL, mysql2 with prepared statements",
  rawSide: "the host's UPDATE + one INSERT, likewise",
  unit: "ms",
  goal: { of: "ratio", atMost: 6 },
  measure: (bench) =>
    onMysql(async (pool) => {
      const csat = await benchDeskOn(mysqlStorage(pool));
      const count = bench.sized(300);
      const run = async (side: "ours" | "raw", round: number) => {
        const ids = Array.from({ length: count }, (_, place) => `${side}-${round}-${place}`);
        await pool.query("insert into tickets (id, status) values ?", [ids.map((id) => [id, "open"])]);
        const ms = await millisecondsOf(async () => {
          for (const [place, id] of ids.entries()) {
            const connection = await pool.getConnection();
            await connection.beginTransaction();
            await connection.execute("update tickets set status = 'resolved' where id = ?", [id]);
            if (side === "raw") await connection.execute(insertRaw, [workspaceId, id, state]);
            else await csat.ticketResolved(resolved(id, place), { tx: fromMysql2(connection) });
            await connection.commit();
            connection.release();
          }
        });
        return ms / count;
      };
      return bothSides(bench, run);
    }),
};

/** Ten thousand in one call. */
export const bulkResolveOnMysql: BenchPath = {
  id: "bulk-mysql",
  title: "`ticketsResolved` of 10,000 on MySQL",
  rawSide: "one table, multi-row INSERT of 1,000",
  unit: "ms",
  goal: { of: "ratio", atMost: 8 },
  measure: (bench) =>
    onMysql(async (pool) => {
      const csat = await benchDeskOn(mysqlStorage(pool));
      const count = bench.sized(10_000);
      return bothSides(bench, (side, round) => {
        const events = manyResolved(`${side}-${round}`, count);
        return millisecondsOf(async () => {
          if (side === "ours") return void (await csat.ticketsResolved(events));
          for (let from = 0; from < events.length; from += 1_000)
            await pool.query("insert into raw_surveys (workspace_id, id, state, due_at) values ?", [
              events
                .slice(from, from + 1_000)
                .map(({ ticketId, resolvedAt }) => [workspaceId, ticketId, state, resolvedAt]),
            ]);
        });
      });
    }),
};

const insertRaw = "insert into raw_surveys (workspace_id, id, state, due_at) values (?, ?, ?, now(3))";
const state = JSON.stringify({ by: "operator-1", dueAt: "2026-11-01T10:00:00.000Z", generation: 1 });

async function bothSides(
  { rounds }: Bench,
  run: (side: "ours" | "raw", round: number) => Promise<number>,
): Promise<Measured> {
  return {
    rounds: await alternate(rounds, {
      ours: (round) => run("ours", round),
      raw: (round) => run("raw", round),
    }),
    notes: ["on a private server that waits for no disk, as both sides do"],
  };
}

/** A server of the bench's own: it ends with it. */
async function onMysql(measure: (pool: Pool) => Promise<Measured>): Promise<Measured> {
  const server = await startPrivateMysql();
  const admin = createPool(server.url);
  await admin.query("create database csat_bench character set utf8mb4");
  await admin.end();
  const pool = createPool({ uri: `${server.url}/csat_bench`, connectionLimit: 5 });
  try {
    await migrate(pool);
    await pool.query("create table tickets (id varchar(200) primary key, status varchar(20) not null)");
    await pool.query(
      "create table raw_surveys (workspace_id varchar(200), id varchar(200), state longtext, due_at datetime(3), primary key (workspace_id, id))",
    );
    return await measure(pool);
  } finally {
    await pool.end();
    await server.stop();
  }
}
