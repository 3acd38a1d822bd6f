// `npm run mutants`: plants faults into our adapters, one at a time, and shows which cases of the kit notice.
import { execFile } from "node:child_process";
import { mkdir, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { bundleKit } from "./bundle-kit.ts";
import type { Fault } from "./fault.ts";
import { memoryFaults } from "./memory-faults.ts";
import { postgresFaults } from "./postgres-faults.ts";

const { values } = parseArgs({ options: { only: { type: "string", default: "" } } });
const run = promisify(execFile);
// Inside the workspace: what is not bundled is found from there.
const folder = fileURLToPath(new URL("../../.cache/mutants/", import.meta.url));
// A run takes seconds in memory and a minute on PGlite.
const longestRunMs = 180_000;
const print = (line: string) => process.stdout.write(`${line}\n`);

const adapters = [
  { name: "@csat/memory", entry: "./memory-kit.ts", faults: memoryFaults },
  { name: "@csat/postgres on PGlite", entry: "./postgres-kit.ts", faults: postgresFaults },
].filter(({ name }) => name.includes(values.only));

await mkdir(folder, { recursive: true });
let planted = 0;
let caught = 0;
for (const { name, entry, faults } of adapters) {
  const failing = await failingCases(entry, null);
  if (failing.length > 0) throw new Error(`${name} fails ${failing.join(", ")} without any fault.`);
  print(`\n| fault in ${name} | caught by |\n| --- | --- |`);
  for (const fault of faults) {
    const cases = await failingCases(entry, fault);
    planted += 1;
    caught += cases.length > 0 ? 1 : 0;
    print(`| ${fault.name} | ${cases.length > 0 ? cases[0] : "**nothing**"} |`);
  }
}
await rm(folder, { recursive: true });
print(`\n${planted} faults planted, ${caught} caught`);
process.exitCode = caught === planted ? 0 : 1;

/** Runs the kit in a process of its own, so that a fault that never ends or breaks the process harms nobody else. */
async function failingCases(entry: string, fault: Fault | null): Promise<readonly string[]> {
  const file = `${folder}kit-${planted}.mjs`;
  await bundleKit(entry, file, fault);
  try {
    const { stdout } = await run(process.execPath, [file], { timeout: longestRunMs });
    return JSON.parse(stdout.trim().split("\n").at(-1) ?? "[]") as readonly string[]; // As run-cases.ts prints it.
  } catch (error) {
    if (fault === null) throw error;
    return ["a run that never ends, or breaks off"];
  }
}
