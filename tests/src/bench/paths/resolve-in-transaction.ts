import type { DrizzleTx, Executor } from "@csat/postgres";
import { type SQL, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import { Pool } from "pg";
import { benchDesk, resolved, workspaceId } from "../bench-desk.ts";
import { alternate, type Bench, type BenchPath, type Measured } from "../bench-path.ts";
import { millisecondsOf } from "../measure.ts";

/** One resolution in the host's transaction, through a client of pg. */
export const resolveWithPg: BenchPath = {
  id: "resolve-pg",
  title: "resolve one in the host's transaction, `pg` with named statements",
  rawSide: "the host's UPDATE + one INSERT, likewise",
  unit: "ms",
  goal: { of: "ratio", atMost: 1.8 },
  measure: (bench) =>
    inHostTransactions(bench, (pool) => ({
      transaction: async (work) => {
        const client = await pool.connect();
        await client.query("begin");
        await work({
          tx: { query: ({ values, ...statement }) => client.query({ ...statement, values: [...values] }) },
          run: ({ name, text, values }) => client.query({ name, text, values: [...values] }),
        });
        await client.query("commit");
        client.release();
      },
    })),
};

/** The same through drizzle, whose statements have no name. */
export const resolveWithDrizzle: BenchPath = {
  ...resolveWithPg,
  id: "resolve-drizzle",
  title: "the same through a drizzle transaction (no names)",
  rawSide: "likewise",
  goal: { of: "ratio", atMost: 3 },
  measure: (bench) =>
    inHostTransactions(bench, (pool) => {
      const db = drizzle(pool);
      return {
        transaction: (work) =>
          db.transaction((tx) => work({ tx, run: (statement) => tx.execute(statement.asSql) })),
      };
    }),
};

/** The host's transactions through one driver. */
interface Host {
  transaction(work: (open: OpenTransaction) => Promise<void>): Promise<void>;
}

interface OpenTransaction {
  readonly tx: DrizzleTx | Executor;
  run(statement: HostStatement): PromiseLike<unknown>;
}

/** A statement of the host's own. */
interface HostStatement {
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
  readonly asSql: SQL;
}

const tables = `create table tickets (id text primary key, status text not null, changed_at timestamptz not null);
create table raw_surveys (workspace_id text not null, id text not null, state json not null, due_at timestamptz not null,
  primary key (workspace_id, id))`;

function updateTicket(id: string): HostStatement {
  return {
    name: "host_update",
    text: "update tickets set status = 'resolved', changed_at = now() where id = $1",
    values: [id],
    asSql: sql`update tickets set status = 'resolved', changed_at = now() where id = ${id}`,
  };
}

const state = JSON.stringify({ by: "operator-1", dueAt: "2026-11-01T10:00:00.000Z", generation: 1 });

function insertRaw(id: string): HostStatement {
  return {
    name: "raw_insert",
    text: "insert into raw_surveys (workspace_id, id, state, due_at) values ($1, $2, $3, now())",
    values: [workspaceId, id, state],
    asSql: sql`insert into raw_surveys (workspace_id, id, state, due_at) values (${workspaceId}, ${id}, ${state}, now())`,
  };
}

async function inHostTransactions(bench: Bench, hostOf: (pool: Pool) => Host): Promise<Measured> {
  const pool = new Pool({ connectionString: bench.url, max: 1 });
  try {
    await pool.query(tables);
    const csat = await benchDesk(pool);
    const host = hostOf(pool);
    const count = bench.sized(300);
    const run = async (side: "ours" | "raw", round: number) => {
      const ids = Array.from({ length: count }, (_, place) => `${side}-${round}-${place}`);
      await pool.query("insert into tickets select id, 'open', now() from unnest($1::text[]) id", [ids]);
      const ms = await millisecondsOf(async () => {
        for (const [place, id] of ids.entries()) {
          await host.transaction(async ({ tx, run }) => {
            await run(updateTicket(id));
            if (side === "raw") await run(insertRaw(id));
            else await csat.ticketResolved(resolved(id, place), { tx });
          });
        }
      });
      return ms / count;
    };
    const rounds = await alternate(bench.rounds, {
      ours: (round) => run("ours", round),
      raw: (round) => run("raw", round),
    });
    return { rounds };
  } finally {
    await pool.end();
  }
}
