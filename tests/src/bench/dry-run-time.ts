import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { SimulationProgress } from "@csat/core";
import { migrate } from "@csat/postgres";
import { Pool } from "pg";
import { csatOver } from "./dashboard-page.ts";
import { now } from "./volume.ts";

/** What a dry run of thirty days took. */
export interface DryRunMeasure {
  readonly resolutions: number;
  readonly customers: number;
  readonly lines: number;
  readonly totalMs: number;
  /** The most by which memory in use grew, garbage collected, for each customer. */
  readonly bytesPerCustomer: number;
  readonly sent: number;
}

/** Tries a cooldown on so many resolutions of a workspace that asked everybody; each customer has two tickets. */
export async function measureDryRun(url: string, resolutions: number): Promise<DryRunMeasure> {
  const pool = new Pool({ connectionString: url, max: 2 });
  try {
    await migrate(pool);
    await load(pool, { workspace: "warm", resolutions: 1_000 });
    await load(pool, { workspace: "busy", resolutions });
    await pool.query("vacuum analyze csat.journal");
    const csat = csatOver(pool);
    for (const id of ["warm", "busy"]) await csat.updateSettings(id, { enabled: true });
    const change = { cooldownDays: 30, answerCooldownDays: 90 };
    await csat.simulatePolicy("warm", { change });
    // Without what measures memory: collecting garbage takes time.
    const begunAt = performance.now();
    const { resolved, sent } = await csat.simulatePolicy("busy", { change });
    const totalMs = performance.now() - begunAt;
    const liveBefore = liveBytesNow();
    let [live, lines] = [liveBefore, 0];
    await csat.simulatePolicy("busy", { change }, (progress: SimulationProgress) => {
      lines = progress.lines;
      if (lines % 50_000 < 1_000) live = Math.max(live, liveBytesNow());
    });
    const customers = Math.ceil(resolutions / 2);
    return {
      resolutions: resolved,
      customers,
      lines,
      totalMs,
      bytesPerCustomer: (live - liveBefore) / customers,
      sent,
    };
  } finally {
    await pool.end();
  }
}

setFlagsFromString("--expose-gc");
const collectGarbage: unknown = runInNewContext("gc");

function liveBytesNow(): number {
  if (typeof collectGarbage === "function") collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** A day's delay, everybody asked: three lines and an answer of one in four. In the order in which they were told. */
async function load(
  pool: Pool,
  { workspace, resolutions }: { readonly workspace: string; readonly resolutions: number },
): Promise<void> {
  await pool.query(
    `insert into csat.journal (workspace_id, ticket_id, at, event, reason, actor_id, facts)
     select $1, 'ticket ' || n, at, event, null, actor, facts::json from (
       select n, told - interval '40 ms' as at, 'resolved' as event, 'operator ' || n % 50 as actor, '{"late":40}' as facts from tickets
       union all select n, told, 'scheduled', null, null from tickets
       union all select n, told + interval '1 day', 'sent', null,
         '{"customer":"' || rpad(md5((n % ($2::int / 2))::text), 43, 'x') || '","assigneeId":"operator 7","locale":"de"}' from tickets
       union all select n, told + interval '30 hours', 'answered', null, null from tickets where n % 4 = 0
     ) as lines where at < $3
     order by at`.replace(
      "insert into",
      `with tickets as (
         select n, $3::timestamptz - interval '29 days' + n * (interval '28 days' / $2::int) as told
         from generate_series(0, $2::int - 1) n
       ) insert into`,
    ),
    [workspace, resolutions, now],
  );
}
