import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { findRedisInDocker } from "./docker.ts";
import type { RedisLauncher } from "./launcher.ts";
import { findRedisProgram } from "./program.ts";

/**
 * A way to run Redis here: a program of this machine, else, as root on Debian or Ubuntu, one that apt-get installs
 * (said so on the console), else Docker.
 * @throws Error that says how to get one
 */
export function findRedis(): RedisLauncher {
  const found = findRedisProgram() ?? installedByApt() ?? findRedisInDocker();
  if (found !== null) return found;
  throw new Error(
    [
      "These tests start Redis servers of their own, and found none on this machine. Do one of:",
      "  - install Redis or Valkey, e.g. apt-get install redis-server or brew install redis; it need not be running",
      "  - start Docker",
      "  - set CSAT_WITHOUT_REDIS=1 to skip what needs Redis (not in CI)",
    ].join("\n"),
  );
}

/** Why the tests that need Redis are to be skipped; null: they run. With `CI` set they always do. */
export function withoutRedis(environment: NodeJS.ProcessEnv = process.env): string | null {
  if (environment.CSAT_WITHOUT_REDIS !== "1" || environment.CI) return null;
  return "CSAT_WITHOUT_REDIS=1";
}

function installedByApt(): RedisLauncher | null {
  if (process.getuid?.() !== 0 || !existsSync("/etc/debian_version")) return null;
  console.log("No Redis on this machine: installing it with apt-get install -y redis-server.");
  const install = ["install", "-y", "-o", "DPkg::Lock::Timeout=120", "redis-server"];
  // Lists of packages may be missing or old; without them the first try fails.
  if (!aptGet(install) && !(aptGet(["update"]) && aptGet(install))) {
    console.log("apt-get could not install redis-server.");
  }
  return findRedisProgram();
}

function aptGet(words: readonly string[]): boolean {
  // Run level 1 keeps the package from starting a server of its own.
  const environment = { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
  return spawnSync("apt-get", words, { stdio: "ignore", env: environment }).status === 0;
}
