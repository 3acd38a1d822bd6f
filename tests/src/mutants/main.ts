// `npm run mutants`: plants faults into our adapters, one at a time, and shows which case of the kit notices. `--only postgres`
// plants those of one adapter, `--fault lease --fault window` those with such words in their names.
import { execFile } from "node:child_process";
import { mkdir, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { startPrivateMysql, startPrivatePostgres } from "@csat-internal/test-support";
import { adaptersAtFault } from "./adapters-at-fault.ts";
import { bundleKit } from "./bundle-kit.ts";
import type { Fault } from "./fault.ts";

const { values } = parseArgs({
  options: {
    only: { type: "string", default: "" },
    fault: { type: "string", multiple: true, default: [""] },
  },
});
const run = promisify(execFile);
// Inside the workspace: what is not bundled is found from there.
const folder = fileURLToPath(new URL(`../../.cache/mutants-${process.pid}/`, import.meta.url));
const longestRunMs = 300_000;
const print = (line: string) => process.stdout.write(`${line}\n`);

await mkdir(folder, { recursive: true });
// Servers of real connections, of those that are asked for: on one connection races only take turns.
const chosen = adaptersAtFault.filter((adapter) => adapter.name.includes(values.only));
const isChosen = (word: string) => chosen.some(({ name }) => name.includes(word));
const postgres = isChosen("postgres") ? await startPrivatePostgres() : null;
const mysql = isChosen("mysql") ? await startPrivateMysql() : null;
process.env.CSAT_MUTANTS_DATABASE_URL = postgres?.url ?? "";
process.env.CSAT_MUTANTS_MYSQL_URL = mysql?.url ?? "";
let planted = 0;
let caught = 0;
try {
  for (const { name, entry, faults: all } of chosen) {
    const faults = all.filter((one) => values.fault.some((part) => one.name.includes(part)));
    const sound = await bundled(entry, null);
    const broken = await firstFailing(sound, [...new Set(faults.map(({ caughtBy }) => caughtBy))]);
    if (broken !== null) throw new Error(`${name} fails ${broken} without any fault.`);
    print(`\n| fault in ${name} | caught by |\n| --- | --- |`);
    for (const fault of faults) {
      const file = await bundled(entry, fault);
      // The case that is known to notice; only where it does not any more, all of them.
      const named = await firstFailing(file, [fault.caughtBy]);
      const noticed = named ?? (await firstFailing(file, []));
      planted += 1;
      caught += named === null ? 0 : 1;
      const other = noticed === null ? "**nothing**" : `\`${noticed}\`, **not** by \`${fault.caughtBy}\``;
      print(`| ${fault.name} | ${named === null ? other : `\`${named}\``} |`);
    }
  }
} finally {
  await postgres?.stop();
  await mysql?.stop();
}
await rm(folder, { recursive: true });
print(`\n${planted} faults planted, ${caught} caught by the case that is named for it`);
process.exitCode = caught === planted ? 0 : 1;

async function bundled(entry: string, fault: Fault | null): Promise<string> {
  const file = `${folder}kit-${planted}.mjs`;
  await bundleKit(entry, file, fault);
  return file;
}

/** Runs cases in a process of its own, so that a fault that never ends or breaks the process harms nobody else. */
async function firstFailing(file: string, ids: readonly string[]): Promise<string | null> {
  const { stdout } = await run(process.execPath, [file, ...ids], { timeout: longestRunMs });
  const failed = JSON.parse(stdout.trim().split("\n").at(-1) ?? "[]") as readonly string[]; // As run-cases.ts prints it.
  return failed[0] ?? null;
}
