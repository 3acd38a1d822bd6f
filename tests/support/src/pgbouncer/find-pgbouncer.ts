import { spawnSync } from "node:child_process";
import { aptInstall, mayAptInstall } from "../apt-install.ts";

/** A PgBouncer of this machine. `origin` says in words which. */
export interface PgbouncerProgram {
  readonly program: string;
  readonly origin: string;
}

// Debian keeps it in a folder that is not in the PATH of everybody.
const places = [
  "pgbouncer",
  "/usr/sbin/pgbouncer",
  "/usr/local/bin/pgbouncer",
  "/opt/homebrew/bin/pgbouncer",
];

/**
 * A PgBouncer of this machine, else, as root on Debian or Ubuntu, one that apt-get installs (said so on the console).
 * @throws Error that says how to get one
 */
export function findPgbouncer(): PgbouncerProgram {
  const found = installed() ?? (mayAptInstall() && aptInstall("pgbouncer") ? installed() : null);
  if (found !== null) return found;
  throw new Error(
    [
      "This test starts a PgBouncer of its own, and found none on this machine. Install it; it need not be running:",
      "  apt-get install pgbouncer, or brew install pgbouncer",
    ].join("\n"),
  );
}

function installed(): PgbouncerProgram | null {
  for (const program of places) {
    const { status, stdout } = spawnSync(program, ["--version"], { encoding: "utf8" });
    const version = status === 0 ? /PgBouncer (\d[\d.]*)/i.exec(stdout)?.[1] : undefined;
    if (version !== undefined) return { program, origin: `${program} ${version}` };
  }
  return null;
}
