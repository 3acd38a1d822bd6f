import { postgresStorage } from "@csat/postgres";
import { Pool } from "pg";
import { alternate, type BenchPath } from "../bench-path.ts";
import { millisecondsOf } from "../measure.ts";

/** A claim of ten due surveys, beside workspaces whose surveys wait for their time. */
export const crowdedClaim: BenchPath = {
  id: "claim",
  title: "a claim while 10,000 workspaces have surveys that wait",
  rawSide: "the same with 10",
  unit: "ms",
  goal: { of: "ratio", atMost: 2 },
  measure: (bench) => claimsBeside(bench, "now() + interval '1 day'"),
};

/** The same where all that they have is due as well. */
export const crowdedDueClaim: BenchPath = {
  ...crowdedClaim,
  id: "claim-due",
  title: "the same, all of them due",
  measure: (bench) => claimsBeside(bench, "now() - interval '1 minute'"),
};

const claimsPerRound = 20;

async function claimsBeside(bench: Parameters<BenchPath["measure"]>[0], wakeAt: string) {
  const pool = new Pool({ connectionString: bench.url, max: 1 });
  try {
    const { auto } = postgresStorage(pool);
    const claim = (after: string | null) =>
      auto.claim({ kind: "ticket", now: new Date(), leaseForMs: 60_000, limit: 10, after });
    const claims = async (workspaces: number) => {
      await pool.query("truncate csat.due_tickets");
      await pool.query(
        `insert into csat.due_tickets (workspace_id, id, wake_at, first_due_at)
         select 'w' || n % $1::int, 'waits-' || n, ${wakeAt}, ${wakeAt} from generate_series(1, greatest($1::int, 1000)) n`,
        [workspaces],
      );
      await pool.query(
        `insert into csat.due_tickets (workspace_id, id, wake_at, first_due_at)
         select 'due' || n % 10, 'due-' || n, now() - interval '1 hour', now() - interval '1 hour' from generate_series(1, $1::int) n`,
        [claimsPerRound * 20],
      );
      await pool.query(
        "insert into csat.tickets (workspace_id, id, version) select workspace_id, id, 1 from csat.due_tickets on conflict do nothing",
      );
      await pool.query("vacuum analyze csat.due_tickets, csat.tickets");
      // Marks what has come as ready, and prepares the statement: once for thousands, not a cost of each claim.
      let last = (await claim(null)).at(-1)?.head.key.workspaceId ?? null;
      for (let once = 0; once < 3; once++) last = (await claim(last)).at(-1)?.head.key.workspaceId ?? null;
      const ms = await millisecondsOf(async () => {
        for (let each = 0; each < claimsPerRound; each++) {
          const claimed = await claim(last);
          if (claimed.length !== 10)
            throw new Error(`A claim found ${claimed.length} surveys instead of 10.`);
          last = claimed.at(-1)?.head.key.workspaceId ?? null;
        }
      });
      return ms / claimsPerRound;
    };
    const rounds = await alternate(bench.rounds, {
      ours: () => claims(bench.sized(10_000)),
      raw: () => claims(10),
    });
    return { rounds };
  } finally {
    await pool.end();
  }
}
