// Installs what is missing, then runs the demo in a process of its own, which ends when this one does.
import { spawn, spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const scripts = dirname(fileURLToPath(import.meta.url));
const folder = join(scripts, "..", "examples", "helpdesk");

// Whatever pnpm runs, it installs first when node_modules is missing or older than the lockfile.
const installed = spawnSync(process.execPath, [join(scripts, "pnpm.mjs"), "exec", "node", "-e", "0"], {
  stdio: "inherit",
});
if (installed.status !== 0) process.exit(installed.status ?? 1);

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
