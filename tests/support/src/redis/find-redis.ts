import { aptInstall, mayAptInstall } from "../apt-install.ts";
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
  if (!mayAptInstall()) return null;
  aptInstall("redis-server");
  return findRedisProgram();
}
