import { type Executor, postgresStorage, type Statement } from "@csat/postgres";
import type { Pool } from "pg";

/** What a plan tells of itself and of the steps below it. */
interface Step {
  readonly "Node Type": string;
  readonly "Index Name"?: string;
  readonly "Relation Name"?: string;
  readonly "Actual Rows"?: number;
  readonly "Actual Loops"?: number;
  readonly "Rows Removed by Filter"?: number;
  readonly "Shared Hit Blocks"?: number;
  readonly "Shared Read Blocks"?: number;
  readonly Plans?: readonly Step[];
}

/** How the statements of some work run. */
export interface Plans {
  /** Rows of our tables that were looked at: returned by a scan, or read and left out. */
  readonly rows: number;
  /** Scans of our tables: `Index Scan using responses_idx`, `Seq Scan on tickets`. */
  readonly scans: readonly string[];
  /** Pages that each statement looked at, as often as it did. */
  readonly pages: readonly number[];
}

/**
 * Runs some work on a storage whose statements tell how they ran: each is run once more, explained, and taken back, just
 * before it is run.
 */
export async function plansOf(
  pool: Pool,
  work: (storage: ReturnType<typeof postgresStorage>) => Promise<unknown>,
): Promise<Plans> {
  const scans: string[] = [];
  const pages: number[] = [];
  let rows = 0;
  const look = (step: Step): void => {
    const table = step["Relation Name"];
    const index = step["Index Name"];
    if (table !== undefined && step["Node Type"].includes("Scan")) {
      scans.push(`${step["Node Type"]} ${index === undefined ? `on ${table}` : `using ${index}`}`);
      rows +=
        ((step["Actual Rows"] ?? 0) + (step["Rows Removed by Filter"] ?? 0)) * (step["Actual Loops"] ?? 0);
    }
    for (const below of step.Plans ?? []) look(below);
  };
  const query = async ({ text, values }: Statement) => {
    const client = await pool.connect();
    try {
      await client.query("begin");
      const explained = await client.query<{ readonly "QUERY PLAN": readonly [{ readonly Plan: Step }] }>(
        `explain (analyze, buffers, format json) ${text}`,
        [...values],
      );
      const [plan] = explained.rows;
      if (plan !== undefined) {
        const root = plan["QUERY PLAN"][0].Plan;
        look(root);
        pages.push((root["Shared Hit Blocks"] ?? 0) + (root["Shared Read Blocks"] ?? 0));
      }
      await client.query("rollback");
    } finally {
      client.release();
    }
    return pool.query(text, [...values]);
  };
  const transaction = <Result>(inside: (transaction: Executor) => Promise<Result>) => inside({ query });
  await work(postgresStorage({ query, transaction }));
  return { rows, scans, pages };
}
