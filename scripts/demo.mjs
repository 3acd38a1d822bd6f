// Installs what is missing, then runs the demo in a process of its own, which ends when this one does.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const scripts = dirname(fileURLToPath(import.meta.url));
const root = join(scripts, "..");
const folder = join(root, "examples", "helpdesk");

install();
const loader = pathToFileURL(createRequire(join(folder, "package.json")).resolve("tsx")).href;
const demo = spawn(
  process.execPath,
  ["--conditions=@csat/source", "--import", loader, join("src", "main.ts")],
  {
    cwd: folder,
    stdio: "inherit",
  },
);
const end = (signal) => demo.kill(signal);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, end);
// npm tells the shell between us when it is stopped, and the shell dies without telling anybody.
const parent = process.ppid;
setInterval(() => process.ppid === parent || end("SIGTERM"), 250).unref();
demo.on("exit", (code) => process.exit(code ?? 1));

/** Installs the demo's packages alone, a ninth of all; what is installed for the whole workspace is kept and renewed. */
function install() {
  const whole = join(root, "node_modules", ".pnpm-workspace-state-v1.json");
  // Whatever pnpm runs, it installs first when node_modules is older than the lockfile.
  if (existsSync(whole)) return pnpm("exec", "node", "-e", "0");
  // The packages run from their sources; what is bundled into them is not among their dependencies, but among the demo's,
  // and they find it at the root.
  const part = ["--prod", "--filter-prod", "@csat-examples/helpdesk...", "--shamefully-hoist"];
  pnpm("install", "--frozen-lockfile", ...part);
  // With this file pnpm would take the part for the whole, and `npm test` would miss the rest.
  rmSync(whole);
}

function pnpm(...command) {
  const { status } = spawnSync(process.execPath, [join(scripts, "pnpm.mjs"), ...command], {
    stdio: "inherit",
  });
  if (status !== 0) process.exit(status ?? 1);
}
