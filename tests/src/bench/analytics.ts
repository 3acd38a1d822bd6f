import { parseArgs } from "node:util";
import { Pool } from "pg";
import { benchDatabase } from "./bench-database.ts";
import { measureDryRun } from "./dry-run-time.ts";
import { measureExport } from "./export-memory.ts";
import { measurePages } from "./page-times.ts";
import { measureSlicedAnswers } from "./sliced-answers.ts";
import { loadVolume, values as valuesOfTeam } from "./volume.ts";

const { values } = parseArgs({
  options: {
    scale: { type: "string", default: "1" },
    rounds: { type: "string", default: "20" },
    only: { type: "string", default: "pages,answers,export,dry-run" },
  },
});
const scale = Number(values.scale);
const rounds = Number(values.rounds);
const parts = new Set(values.only.split(","));
if (!(scale > 0) || !Number.isSafeInteger(rounds) || rounds < 1) {
  throw new Error(
    "--scale is a number above 0 (1 is 8 million surveys) and --rounds a whole number from 1 on.",
  );
}
const scaled = (count: number) => Math.max(400, Math.round(count * scale));
const print = (line: string) => process.stdout.write(`${line}\n`);
const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;
const goal = (isMet: boolean) => (isMet ? "met" : "MISSED");

if (parts.has("pages")) await pages();
if (parts.has("answers")) await answers();
if (parts.has("export")) await exporting();
if (parts.has("dry-run")) await dryRun();

async function pages(): Promise<void> {
  const database = await benchDatabase();
  const pool = new Pool({ connectionString: database.url, max: 2 });
  try {
    print(`Postgres: ${database.origin}`);
    const volume = { busy: scaled(2_000_000), others: scaled(5_800_000), operators: 128 };
    const countingMs = await loadVolume(pool, volume);
    print(
      `counting ${volume.busy * 1.1 + volume.others} surveys with their answers anew: ${seconds(countingMs)}`,
    );
    for (const times of await measurePages(pool, rounds)) {
      const { name, library, straightforward, tenth } = times;
      const faster = straightforward / library;
      print(
        `${name}: ${library.toFixed(1)} ms, straightforward ${straightforward.toFixed(1)} ms: ${faster.toFixed(1)} × faster (goal 25: ${goal(faster >= 25)})`,
      );
      const growth = library / tenth;
      print(
        `${name}, with ten times the responses: ${growth.toFixed(2)} × its time (goal 1.3 at most: ${goal(growth <= 1.3)})`,
      );
      const { bySlice, bySliceOfTenth, ofOneValue } = times;
      const [more, growthOfSlice] = [bySlice / library, bySlice / bySliceOfTenth];
      print(
        `${name}, ${valuesOfTeam} values side by side: ${bySlice.toFixed(1)} ms, ${more.toFixed(2)} × the page without (goal 1.5 at most: ${goal(more <= 1.5)}); with ten times the responses ${growthOfSlice.toFixed(2)} × its time (goal 1.3 at most: ${goal(growthOfSlice <= 1.3)}); of one value ${ofOneValue.toFixed(1)} ms`,
      );
    }
  } finally {
    await pool.end();
    await database.drop();
  }
}

async function answers(): Promise<void> {
  const database = await benchDatabase();
  try {
    const { plain, sliced, ratio } = await measureSlicedAnswers(database.url, {
      rounds: Math.min(rounds, 7),
      count: Math.min(1_500, scaled(1_500)),
    });
    print(
      `answers by POST: ${plain.toFixed(0)} a second, with five attributes to cut by ${sliced.toFixed(0)}: ${ratio.toFixed(2)} × as many (goal 0.85 at least: ${goal(ratio >= 0.85)})`,
    );
  } finally {
    await database.drop();
  }
}

async function exporting(): Promise<void> {
  const database = await benchDatabase();
  try {
    const measured = await measureExport(database.url, scaled(1_000_000));
    const { rows, liveBytes, residentBytes, firstByteMs, totalMs } = measured;
    const [liveMb, residentMb] = [liveBytes / 1_000_000, residentBytes / 1_000_000];
    print(
      `export of ${rows} rows in ${seconds(totalMs)}: resident memory grew by ${residentMb.toFixed(0)} MB (goal 50: ${goal(residentMb < 50)}), memory in use by ${liveMb.toFixed(1)} MB, first byte after ${firstByteMs.toFixed(0)} ms (goal 1000: ${goal(firstByteMs < 1000)})`,
    );
  } finally {
    await database.drop();
  }
}

async function dryRun(): Promise<void> {
  const database = await benchDatabase();
  try {
    const measured = await measureDryRun(database.url, scaled(100_000));
    const { resolutions, customers, lines, totalMs, bytesPerCustomer, sent } = measured;
    print(
      `dry run of ${resolutions} resolutions (${lines} lines; ${sent} would have been asked) in ${seconds(totalMs)} (goal 5.0 s: ${goal(totalMs <= 5_000)}), ${bytesPerCustomer.toFixed(0)} bytes for each of ${customers} customers (goal 200: ${goal(bytesPerCustomer <= 200)})`,
    );
  } finally {
    await database.drop();
  }
}
