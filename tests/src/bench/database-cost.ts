import { readFileSync } from "node:fs";
import { Pool } from "pg";

/** What a stretch of work cost the database. */
export interface DatabaseCost {
  /** Statements that were sent, BEGIN and COMMIT included. */
  readonly statements: number;
  /** Milliseconds of CPU, parsing and planning included. Null where that cannot be seen: a server on another machine, or no /proc. */
  readonly cpuMs: number | null;
}

/** A pool of one connection whose statements and CPU are counted: no statement waits for another of the same work. */
export interface CostedPool {
  readonly pool: Pool;
  costOf(work: () => Promise<unknown>): Promise<DatabaseCost>;
}

/** Opens one. */
export function costedPool(url: string): CostedPool {
  let statements = 0;
  const pool = new Pool({ connectionString: url, max: 1, idleTimeoutMillis: 0 });
  pool.on("connect", (client) => {
    client.query = new Proxy(client.query, {
      apply(query, _client, words) {
        statements += 1;
        return Reflect.apply(query, client, words);
      },
    });
  });
  return {
    pool,
    async costOf(work) {
      const cpuBefore = await backendCpuMs(pool);
      const before = statements;
      await work();
      const after = statements;
      const cpuAfter = await backendCpuMs(pool);
      return {
        statements: after - before,
        cpuMs: cpuBefore === null || cpuAfter === null ? null : cpuAfter - cpuBefore,
      };
    },
  };
}

// Of the kernel, for whoever reads /proc; 100 on every Linux that Node runs on.
const ticksPerSecond = 100;

/** CPU that the server process behind the pool's one connection has used since it began, in milliseconds, to 10 exact. */
async function backendCpuMs(pool: Pool): Promise<number | null> {
  const { rows } = await pool.query<{ pid: number }>("select pg_backend_pid() as pid");
  let stat: string;
  try {
    stat = readFileSync(`/proc/${rows[0]?.pid}/stat`, "utf8");
  } catch {
    return null;
  }
  // The name stands in brackets and may hold spaces; user and system time are the 12th and 13th field behind it.
  const [name = "", rest = ""] = stat.split(/\) (?=[A-Z] )/);
  if (!name.includes("(postgres")) return null;
  const fields = rest.split(" ");
  return ((Number(fields[11]) + Number(fields[12])) / ticksPerSecond) * 1000;
}
