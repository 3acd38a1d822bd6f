// `npm run mutants:transition`: plants faults into the transition, one at a time, and shows what notices: the first rule
// that its exploration breaks, or else the first test of the tables beside its files. With `-- --only sent` in sent.ts.
import { execFile } from "node:child_process";
import { mkdir, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { createVitest } from "vitest/node";
import { bundleKit, sourceAtFault } from "./bundle-kit.ts";
import type { TransitionFault } from "./transition-fault.ts";
import { transitionFaults } from "./transition-faults.ts";
import { whomToAskFaults } from "./whom-to-ask-faults.ts";

const { values } = parseArgs({ options: { only: { type: "string", default: "" } } });
const faults = [...transitionFaults, ...whomToAskFaults].filter(({ file }) => file.includes(values.only));
const run = promisify(execFile);
const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const folder = path("../../.cache/mutants-transition/");
const entry = "../../../packages/core/test/transition/first-broken-rule.ts";
const page = path("../../../docs/reference/states.md");
const longestRunMs = 120_000;
const print = (line: string) => process.stdout.write(`${line}\n`);

await mkdir(folder, { recursive: true });
const broken = (await exploring(null)) ?? (await testing(null));
if (broken !== null) throw new Error(`Without any fault this is broken: ${broken}`);
print("| file | fault | caught by |\n| --- | --- | --- |");
let caught = 0;
for (const fault of faults) {
  const noticed = (await exploring(fault)) ?? (await testing(fault));
  caught += noticed === null ? 0 : 1;
  print(`| ${fault.file.split("/").at(-1)} | ${fault.name} | ${noticed ?? "**nothing**"} |`);
}
await rm(folder, { recursive: true });
print(`\n${faults.length} faults planted, ${caught} caught`);
process.exitCode = caught === faults.length ? 0 : 1;

/** In a process of its own, so that a fault that never ends harms nobody else. */
async function exploring(fault: TransitionFault | null): Promise<string | null> {
  const file = `${folder}explore.mjs`;
  await bundleKit(entry, file, fault);
  try {
    const { stdout } = await run(process.execPath, [file, page], { timeout: longestRunMs });
    return stdout.trim() || null;
  } catch {
    return "the exploration ends";
  }
}

/** The first test that fails in the tables beside the transition. */
async function testing(fault: TransitionFault | null): Promise<string | null> {
  const vitest = await createVitest(
    "test",
    {
      config: false,
      root: path("../../../packages/core/"),
      include: ["src/policy/transition/*.test.ts"],
      watch: false,
      isolate: false,
      bail: 1,
      reporters: [{}],
    },
    fault === null
      ? {}
      : { plugins: [{ name: "plant", enforce: "pre", load: (id) => sourceAtFault(id, fault) }] },
  );
  try {
    const { testModules } = await vitest.start();
    const failed = testModules.flatMap((module) => [...module.children.allTests("failed")]);
    const broken = testModules.find((module) => module.errors().length > 0);
    return failed[0]?.fullName ?? broken?.moduleId ?? null;
  } finally {
    process.exitCode = 0;
    await vitest.close();
  }
}
