import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/** True where apt-get may be asked for a program: as root on Debian or Ubuntu. */
export function mayAptInstall(): boolean {
  return process.getuid?.() === 0 && existsSync("/etc/debian_version");
}

/** Installs packages with apt-get and says so on the console, also when it failed; answers whether it did. */
export function aptInstall(...packages: readonly string[]): boolean {
  const names = packages.join(" ");
  console.log(`Not found on this machine, so it is installed: apt-get install -y ${names}`);
  const install = ["install", "-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=120", ...packages];
  // Lists of packages may be missing or old; without them the first try fails.
  if (aptGet(install) || (aptGet(["update"]) && aptGet(install))) return true;
  console.log(`apt-get could not install ${names}.`);
  return false;
}

function aptGet(words: readonly string[]): boolean {
  // Run level 1 keeps packages from starting servers of their own.
  const environment = { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
  return spawnSync("apt-get", words, { stdio: "ignore", env: environment }).status === 0;
}
