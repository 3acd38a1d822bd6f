import { cpus, loadavg } from "node:os";
import { Pool } from "pg";
import type { BenchServer } from "./bench-database.ts";

/** What the figures were seen on, in one line. */
export async function machineLine({ url, origin }: BenchServer): Promise<string> {
  const pool = new Pool({ connectionString: url, max: 1 });
  try {
    const { rows } = await pool.query<{ version: string; durable: string }>(
      "select current_setting('server_version') as version, current_setting('synchronous_commit') as durable",
    );
    const [processor] = cpus();
    const load = loadavg()[0]?.toFixed(0);
    return (
      `${new Date().toISOString().slice(0, 10)}: ${cpus().length} × ${processor?.model.trim()}, load ${load}; ` +
      `Node ${process.version}; Postgres ${rows[0]?.version} (${origin}, synchronous_commit ${rows[0]?.durable})`
    );
  } finally {
    await pool.end();
  }
}
