import { createCsat, type Store } from "@csat/core";
import { inProcessScheduler } from "@csat/memory";
import { postgresStorage } from "@csat/postgres";
import { Pool } from "pg";
import { benchTickets, keepingMailer, manyResolved, workspaceId } from "../bench-desk.ts";
import type { BenchPath } from "../bench-path.ts";
import { millisecondsOf } from "../measure.ts";

const workspaces = 1_000;

/** Ten million old lines of the journal are taken away while customers answer: what the slowest statements take. */
export const retention: BenchPath = {
  id: "retention",
  title: "Retention takes 10,000,000 lines of the journal while customers answer (p99.9 of a call)",
  rawSide: null,
  unit: "ms",
  goal: { of: "value", atMost: 200 },
  measure: async (bench) => {
    const pool = new Pool({ connectionString: bench.url, max: 4 });
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
      const took: Record<"prune" | "answer", number[]> = { prune: [], answer: [] };
      const storage = timed(postgresStorage(pool), took.prune);
      const csat = createCsat({
        storage,
        mailer,
        scheduler: inProcessScheduler(),
        tickets: benchTickets,
        publicUrl: "https://help.example.com/csat",
        retention: { journal: 30 },
      });
      await csat.updateSettings(workspaceId, { enabled: true, sendDelay: "immediately" });
      const answers = bench.sized(5_000);
      await csat.ticketsResolved(manyResolved("new", answers));
      while ((await csat.runDue()).sent > 0);
      let isOver = false;
      const answering = (async () => {
        for (const token of mailer.tokens) {
          took.answer.push(await millisecondsOf(() => csat.submitResponse({ token, rating: 4 })));
          if (isOver) break;
        }
      })();
      const left = async () => {
        const { rows } = await pool.query<{ is: boolean }>(
          "select exists (select from csat.journal where at < now() - interval '31 days') as is",
        );
        return rows[0]?.is === true;
      };
      let sweeps = 0;
      do {
        await csat.runDue();
        sweeps += 1;
      } while (await left());
      isOver = true;
      await answering;
      const { current } = await csat.getMetrics(workspaceId);
      const off = await csat.recount(workspaceId);
      const both = [...took.prune, ...took.answer];
      const notes = [
        `${lines} lines in ${sweeps} sweeps and ${took.prune.length} calls; p50 ${ms(took.prune, 0.5)}, p99.9 ${ms(took.prune, 0.999)}, most ${ms(took.prune, 1)}`,
        `${took.answer.length} answers meanwhile; p50 ${ms(took.answer, 0.5)}, p99.9 ${ms(took.answer, 0.999)}, most ${ms(took.answer, 1)}`,
        `counted ${current.responses} answers; the recount found ${off.length} days off`,
      ];
      if (current.responses !== took.answer.length || off.length > 0) throw new Error(notes.join("; "));
      return { rounds: [{ ours: percentile(both, 0.999), raw: null }], notes };
    } finally {
      await pool.end();
    }
  },
};

/** The storage, with what each call of `prune` took. */
function timed<Tx>(storage: Store<Tx>, took: number[]): Store<Tx> {
  return {
    ...storage,
    prune: async (ask) => {
      let pruned = { isMoreLeft: false };
      took.push(
        await millisecondsOf(async () => {
          pruned = await storage.prune(ask);
        }),
      );
      return pruned;
    },
  };
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

function ms(values: readonly number[], share: number): string {
  return `${percentile(values, share).toFixed(1)} ms`;
}
