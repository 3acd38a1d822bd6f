import { Pool } from "pg";
import { csatOver } from "./dashboard-page.ts";
import { loadVolume } from "./volume.ts";

/** What an export took. */
export interface ExportMeasure {
  readonly rows: number;
  readonly firstByteMs: number;
  readonly totalMs: number;
  /** The most that the process's resident memory ever grew above what it was before. */
  readonly grownBytes: number;
}

/** Exports that many rows of one workspace as lines of text that nobody keeps. */
export async function measureExport(url: string, responses: number): Promise<ExportMeasure> {
  const pool = new Pool({ connectionString: url, max: 2 });
  try {
    await loadVolume(pool, { busy: responses * 4, others: 30, operators: 128 });
    const csat = csatOver(pool);
    const range = { from: "2025-10-01", to: "2026-11-03" };
    // Code is loaded and compiled before: that memory is not the export's.
    await exported(csat.exportResponses("tenth", range));
    return await exported(csat.exportResponses("busy", range));
  } finally {
    await pool.end();
  }
}

async function exported(lines: AsyncIterable<unknown>): Promise<ExportMeasure> {
  const before = process.memoryUsage().rss;
  const begunAt = performance.now();
  let [rows, bytes, most, firstByteMs] = [0, 0, before, 0];
  for await (const line of lines) {
    if (rows === 0) firstByteMs = performance.now() - begunAt;
    bytes += JSON.stringify(line).length;
    rows += 1;
    if (rows % 1000 === 0) most = Math.max(most, process.memoryUsage().rss);
  }
  if (bytes === 0) throw new Error("nothing was exported");
  return { rows, firstByteMs, totalMs: performance.now() - begunAt, grownBytes: most - before };
}
