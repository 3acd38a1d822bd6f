// Runs the pnpm version that package.json pins: the installed one, else through npx.
// So the README's commands need Node and npm alone.
import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const version = /^pnpm@([^+]+)/.exec(manifest.packageManager)?.[1];
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Node ${process.versions.node} is too old: install Node 20.19 or newer and run the command again.`,
  );
  process.exit(1);
}

// The demo installs a part, laid out in its own way, and takes pnpm's note of it away: see demo.mjs. All else needs the whole.
const modules = join(root, "node_modules");
const isPart = existsSync(modules) && !existsSync(join(modules, ".pnpm-workspace-state-v1.json"));
if (isPart && !process.argv.includes("--shamefully-hoist")) rmSync(modules, { recursive: true });

const local = join(modules, "pnpm", "bin", "pnpm.cjs");
const [command, before] = existsSync(local)
  ? [process.execPath, [local]]
  : [process.platform === "win32" ? "npx.cmd" : "npx", ["--yes", `pnpm@${version}`]];
const run = spawn(command, [...before, ...process.argv.slice(2)], {
  cwd: root,
  stdio: "inherit",
  shell: command.endsWith(".cmd"),
});
// Whoever ends this script means what it started.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => run.kill(signal));
run.on("error", ({ message }) => {
  console.error(
    `Could not start pnpm ${version} (${message}). Check that npm is installed and reaches its registry.`,
  );
  process.exitCode = 1;
});
run.on("exit", (code) => {
  process.exitCode = code ?? 1;
});
