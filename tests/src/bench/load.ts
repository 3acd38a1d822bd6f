// What a process pays to load the core as it is published, beside what it would pay for zod alone, of which the core's
// bundle holds a part: each in a process of its own, in turn.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { packedPackages } from "../../../scripts/packages/packed-packages.ts";
import { readTarball } from "../../../scripts/packages/read-tarball.ts";
import { root } from "../../../scripts/packages/root.ts";
import { alternating } from "./measure.ts";

const { values } = parseArgs({ options: { rounds: { type: "string", default: "20" } } });
const rounds = Number(values.rounds);
if (!Number.isSafeInteger(rounds) || rounds < 1) throw new Error("--rounds is a whole number from 1 on.");

const goalRatio = 0.4;

const host = mkdtempSync(join(tmpdir(), "csat-load-"));
process.once("exit", () => rmSync(host, { recursive: true, force: true }));
install(host);

const [core = Number.NaN, zod = Number.NaN] = await alternating(rounds, [
  async () => loadMs('await import("@csat/core")'),
  async () => loadMs('await import("zod")'),
]);
const ratio = core / zod;
const lines = [
  `import("@csat/core") ${core.toFixed(1)} ms, import("zod") ${zod.toFixed(1)} ms, the middle of ${rounds} processes each`,
  `${ratio.toFixed(2)} of zod (goal ${goalRatio}: ${ratio <= goalRatio ? "met" : "MISSED"})`,
];
process.stdout.write(`${lines.join("\n")}\n`);

/** Puts the packed core and zod side by side into a folder, as npm does for a host that uses both. */
function install(folder: string): void {
  const packed = packedPackages().find(({ name }) => name === "@csat/core");
  if (packed === undefined) throw new Error("@csat/core was not packed.");
  for (const [path, text] of readTarball(packed.tarball)) {
    const file = join(folder, "node_modules/@csat/core", path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  symlinkSync(join(root, "packages/core/node_modules/zod"), join(folder, "node_modules/zod"));
}

/** The milliseconds that a fresh process takes for this statement, its own start left out. */
function loadMs(statement: string): number {
  const code = `const begunAt = performance.now(); ${statement}; console.log(performance.now() - begunAt);`;
  const told = execFileSync(process.execPath, ["--input-type=module", "--eval", code], {
    cwd: host,
    encoding: "utf8",
  });
  return Number(told);
}
