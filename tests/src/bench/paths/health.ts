import { Pool } from "pg";
import { benchDesk } from "../bench-desk.ts";
import type { BenchPath, Round } from "../bench-path.ts";
import { millisecondsOf } from "../measure.ts";

/** What a readiness probe pays in the middle of an outage. */
export const healthProbe: BenchPath = {
  id: "health",
  title: "`health()` with 500,000 due and 100,000 failed",
  rawSide: null,
  unit: "ms",
  goal: { of: "value", atMost: 10 },
  measure: async (bench) => {
    const pool = new Pool({ connectionString: bench.url, max: 1 });
    try {
      const csat = await benchDesk(pool);
      // Half of them marked as ready by claims, half since.
      await pool.query(
        `insert into csat.due_tickets (workspace_id, id, wake_at, first_due_at, ready)
         select 'w' || n % 1000, 'due-' || n, now() - n * interval '10 milliseconds', now() - n * interval '10 milliseconds', n % 2 = 0
         from generate_series(1, $1::int) n`,
        [bench.sized(500_000)],
      );
      await pool.query(
        `insert into csat.due_tickets (workspace_id, id, failed_at, reason)
         select 'w' || n % 1000, 'failed-' || n, now() - n * interval '10 milliseconds', 'no_attempts_left' from generate_series(1, $1::int) n`,
        [bench.sized(100_000)],
      );
      await pool.query("vacuum analyze csat.due_tickets");
      const rounds: Round[] = [];
      for (let round = 0; round <= bench.rounds; round++) {
        const ours = await millisecondsOf(() => csat.health());
        if (round > 0) rounds.push({ ours, raw: null });
      }
      const { dueSurveys, failedSurveys } = await csat.health();
      return { rounds, notes: [`says ${dueSurveys} due and ${failedSurveys} failed`] };
    } finally {
      await pool.end();
    }
  },
};
