import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Pool } from "pg";
import { csatOver } from "./dashboard-page.ts";
import { loadVolume } from "./volume.ts";

/** What an export took. */
export interface ExportMeasure {
  readonly rows: number;
  readonly firstByteMs: number;
  readonly totalMs: number;
  /** The most by which memory in use grew, garbage collected: what the export itself holds on to. */
  readonly liveBytes: number;
  /** The most by which the resident memory of the process grew: garbage that the engine has not collected yet as well. */
  readonly residentBytes: number;
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

setFlagsFromString("--expose-gc");
const collectGarbage: unknown = runInNewContext("gc");

function liveBytesNow(): number {
  if (typeof collectGarbage === "function") collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function exported(lines: AsyncIterable<unknown>): Promise<ExportMeasure> {
  const liveBefore = liveBytesNow();
  const residentBefore = process.memoryUsage().rss;
  const begunAt = performance.now();
  let [rows, bytes, live, resident, firstByteMs] = [0, 0, liveBefore, residentBefore, 0];
  for await (const line of lines) {
    if (rows === 0) firstByteMs = performance.now() - begunAt;
    bytes += JSON.stringify(line).length;
    rows += 1;
    if (rows % 1000 === 0) resident = Math.max(resident, process.memoryUsage().rss);
    // Seldom: collecting more often would keep the resident memory small by itself.
    if (rows % 250_000 === 0) live = Math.max(live, liveBytesNow());
  }
  if (bytes === 0) throw new Error("nothing was exported");
  live = Math.max(live, liveBytesNow());
  const totalMs = performance.now() - begunAt;
  return {
    rows,
    firstByteMs,
    totalMs,
    liveBytes: live - liveBefore,
    residentBytes: resident - residentBefore,
  };
}
