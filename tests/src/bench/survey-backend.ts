import { readFileSync } from "node:fs";
import type { Pool } from "pg";

// Of the kernel, for whoever reads /proc; 100 on every Linux that Node runs on.
const ticksPerSecond = 100;

/**
 * CPU that the server process behind the pool's one connection has used since it began, in milliseconds, to 10 exact.
 * Null where it cannot be seen: a server on another machine, or a system without /proc.
 */
export async function backendCpuMs(pool: Pool): Promise<number | null> {
  const { rows } = await pool.query<{ pid: number }>("select pg_backend_pid() as pid");
  return rows[0] === undefined ? null : cpuMsOf(rows[0].pid);
}

function cpuMsOf(pid: number): number | null {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return null;
  }
  // The name stands in brackets and may hold spaces; user and system time are the 12th and 13th field behind it.
  const [name = "", rest = ""] = stat.split(/\) (?=[A-Z] )/);
  if (!name.includes("(postgres")) return null;
  const fields = rest.split(" ");
  return ((Number(fields[11]) + Number(fields[12])) / ticksPerSecond) * 1000;
}
