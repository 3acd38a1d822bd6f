import { migrate, postgresStorage } from "@csat/postgres";
import { drizzle } from "drizzle-orm/node-postgres";
import { Pool } from "pg";
import { backendCpuMs } from "./survey-backend.ts";

// The kernel counts CPU by 10 ms: enough claims that this does not show.
const leastMs = 500;

/** What a claim costs the database, in milliseconds of its CPU; of time where that cannot be seen. */
export interface ClaimTimes {
  /** Of the sweep, which looks for the oldest of every workspace. */
  readonly sweepMs: number;
  /** Of a wake-up, which names its survey. */
  readonly wakeUpMs: number;
}

/**
 * Measures claims that find nothing due, while ten surveys wait for their time in each of `workspaces`. The database is left
 * with them, and must have none of an earlier call.
 */
export async function measureClaims(url: string, workspaces: number): Promise<ClaimTimes> {
  const pool = new Pool({ connectionString: url, max: 1 });
  try {
    const db = drizzle(pool);
    await migrate(db);
    await pool.query(
      `with waiting as (
         insert into csat.surveys (workspace_id, id, ticket_id, status, generation, resolved_at, due_at, first_due_at)
         select 'claims' || w, 's_' || n, 't' || n, 'scheduled', 1, now(), now() + interval '1 day', now() + interval '1 day'
         from generate_series(1, $1::int) w, generate_series(1, 10) n returning workspace_id, id, due_at)
       insert into csat.due_surveys (workspace_id, survey_id, wake_at) select workspace_id, id, due_at from waiting`,
      [workspaces],
    );
    await pool.query("vacuum analyze csat.surveys, csat.due_surveys");
    const { surveys } = postgresStorage(db);
    const claim = { now: new Date(), leaseForMs: 60_000, limit: 10 };
    const usedMs = async () => (await backendCpuMs(pool)) ?? performance.now();
    const costOfOne = async (work: () => Promise<unknown>) => {
      const before = await usedMs();
      for (let claims = 1; ; claims++) {
        await work();
        const spentMs = claims % 10 === 0 ? (await usedMs()) - before : 0;
        if (spentMs >= leastMs) return spentMs / claims;
      }
    };
    return {
      sweepMs: await costOfOne(() => surveys.claimDue(claim)),
      wakeUpMs: await costOfOne(() =>
        surveys.claimDue({ ...claim, limit: 1, only: { workspaceId: "claims1", id: "s_1", generation: 1 } }),
      ),
    };
  } finally {
    await pool.end();
  }
}
