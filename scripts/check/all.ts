// Runs every `check:…` script of package.json, one after the other and all of them, and says at the end which failed.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

const { scripts }: { readonly scripts: Readonly<Record<string, string>> } = JSON.parse(
  readFileSync("package.json", "utf8"),
);
const checks = Object.keys(scripts).filter((name) => name.startsWith("check:"));
const outcomes = checks.map((name) => {
  console.log(`\n== ${name}: ${scripts[name]}`);
  const start = performance.now();
  const { status } = spawnSync("pnpm", ["--silent", "run", name], { stdio: "inherit" });
  return { name, passed: status === 0, seconds: (performance.now() - start) / 1000 };
});

console.log("");
for (const { name, passed, seconds } of outcomes) {
  console.log(`${passed ? "ok    " : "FAILED"} ${name} (${seconds.toFixed(1)} s)`);
}
process.exit(outcomes.every(({ passed }) => passed) ? 0 : 1);
