import { spawnSync } from "node:child_process";
import { aptInstall, mayAptInstall } from "./apt-install.ts";

/**
 * The `promtool` of Prometheus: from the PATH, else, as root on Debian or Ubuntu, from what apt-get installs (said so on
 * the console). @throws Error that says how to get one
 */
export function findPromtool(): string {
  if (!isThere() && mayAptInstall()) aptInstall("prometheus");
  if (isThere()) return "promtool";
  throw new Error(
    "This test asks promtool, and found none on this machine: install Prometheus, e.g. apt-get install prometheus or brew install prometheus. It need not be running.",
  );
}

function isThere(): boolean {
  return spawnSync("promtool", ["--version"]).status === 0;
}
