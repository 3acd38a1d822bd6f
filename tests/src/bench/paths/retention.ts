import { createCsat } from "@csat/core";
import { inProcessScheduler } from "@csat/memory";
import { postgresStorage } from "@csat/postgres";
import { Pool, type PoolClient } from "pg";
import { benchTickets, keepingMailer, manyResolved, workspaceId } from "../bench-desk.ts";
import type { BenchPath } from "../bench-path.ts";
import { millisecondsOf } from "../measure.ts";

const workspaces = 1_000;

/** Ten million old lines of the journal are taken away while customers answer: what the slowest statements take. */
export const retention: BenchPath = {
  id: "retention",
  title: "Retention takes old lines of the journal away while customers answer (p99.9 of a statement)",
  rawSide: null,
  unit: "ms",
  goal: { of: "value", atMost: 200 },
  measure: async (bench) => {
    const took: Record<"statement" | "answer", number[]> = { statement: [], answer: [] };
    const pool = new Pool({ connectionString: bench.url, max: 4 });
    pool.on("connect", (client) => {
      timeStatements(client, took.statement);
    });
    const observer = new Pool({ connectionString: bench.url, max: 1 });
    try {
      const lines = bench.sized(10_000_000);
      await pool.query(
        `insert into csat.journal (workspace_id, ticket_id, at, event)
         select 'w' || n % $2::int, 'old-' || n / 4, now() - interval '900 days' + n * interval '1 second', 'resolved'
         from generate_series(1, $1::int) n`,
        [lines, workspaces],
      );
      await pool.query("vacuum analyze csat.journal");
      const mailer = keepingMailer();
      const options = {
        storage: postgresStorage(pool),
        mailer,
        scheduler: inProcessScheduler(),
        tickets: benchTickets,
        publicUrl: "https://help.example.com/csat",
      };
      const keeping = createCsat(options);
      await keeping.updateSettings(workspaceId, { enabled: true, sendDelay: "immediately" });
      const answers = bench.sized(5_000);
      await keeping.ticketsResolved(manyResolved("new", answers));
      while ((await keeping.runDue()).sent > 0);
      const csat = createCsat({ ...options, retention: { journal: 30 } });
      // Beside what is measured. The workspaces are gone through in the order of their names.
      const left = async (where: string) => {
        const { rowCount } = await observer.query(
          `select from csat.journal where at < now() - interval '31 days' ${where} limit 1`,
        );
        return rowCount === 1;
      };
      let isOver = false;
      const answering = (async () => {
        for (const token of mailer.tokens) {
          took.answer.push(await millisecondsOf(() => csat.submitResponse({ token, rating: 4 })));
          if (isOver) break;
        }
      })();
      took.statement.length = 0;
      let sweeps = 0;
      const ms = await millisecondsOf(async () => {
        do {
          await csat.runDue();
          sweeps += 1;
        } while (await left("and workspace_id = 'w999'"));
      });
      isOver = true;
      await answering;
      const statements = [...took.statement];
      const { current } = await csat.getMetrics(workspaceId);
      const off = await csat.recount(workspaceId);
      const notes = [
        `${lines} lines in ${sweeps} sweeps, ${(ms / 1000).toFixed(0)} s; ${took.answer.length} answers meanwhile`,
        `${statements.length} statements: ${told(statements)}`,
        `answers: ${told(took.answer)}`,
        `counted ${current.responses} answers; the recount found ${off.length} days off`,
      ];
      if (current.responses !== took.answer.length || off.length > 0 || (await left("")))
        throw new Error(notes.join("; "));
      return { rounds: [{ ours: percentile(statements, 0.999), raw: null }], notes };
    } finally {
      await pool.end();
      await observer.end();
    }
  },
};

/** Tells what each statement of a client takes, from its call to its rows, whether these come by a callback or a promise. */
function timeStatements(client: PoolClient, took: number[]): void {
  const { query } = client;
  Object.assign(client, {
    query: (...statement: readonly unknown[]) => {
      const begunAt = performance.now();
      const tell = () => took.push(performance.now() - begunAt);
      const told = statement.map((argument) =>
        typeof argument === "function"
          ? (...outcome: readonly unknown[]) => {
              tell();
              return Reflect.apply(argument, undefined, outcome);
            }
          : argument,
      );
      const result: unknown = Reflect.apply(query, client, told);
      if (result instanceof Promise) void result.finally(tell).catch(() => {});
      return result;
    },
  });
}

function told(values: readonly number[]): string {
  const at = (share: number) => `${percentile(values, share).toFixed(1)} ms`;
  return `p50 ${at(0.5)}, p99.9 ${at(0.999)}, most ${at(1)}`;
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}
