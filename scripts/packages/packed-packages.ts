import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./root.ts";

/** A package as it would be published. */
export interface PackedPackage {
  readonly name: string;
  readonly version: string;
  /** Absolute. */
  readonly tarball: string;
  /** Absolute; where the package stands in the workspace. */
  readonly folder: string;
}

const store = join(root, ".cache/packed");
const stamp = join(store, "made-from");

/**
 * Every package of the workspace, built and packed as `pnpm publish` would. What was packed from the same files before
 * is used again, so that one run of CI builds once. Not for two processes at a time.
 */
export function packedPackages(): readonly PackedPackage[] {
  const source = fingerprint();
  const folders = readdirSync(join(root, "packages")).map((name) => join(root, "packages", name));
  if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== source || !folders.every(isComplete)) {
    console.log("Building and packing every package.");
    rmSync(store, { recursive: true, force: true });
    mkdirSync(store, { recursive: true });
    pnpm(["--silent", "run", "build"]);
    pnpm(["--silent", "-r", "--filter", "./packages/*", "pack", "--pack-destination", store]);
    // Behind everything else: a run that broke off leaves no stamp.
    writeFileSync(stamp, source);
  } else console.log("Nothing changed since the packages were built and packed: they are used as they are.");
  return folders.map(packed);
}

/** The names under which hosts import a package: `@csat/http`, `@csat/http/node`. */
export function entryNames({ name, folder }: PackedPackage): readonly string[] {
  const { publishConfig } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return Object.keys(publishConfig.exports).map((entry) => `${name}${entry.slice(1)}`);
}

function packed(folder: string): PackedPackage {
  const { name, version }: { readonly name: string; readonly version: string } = JSON.parse(
    readFileSync(join(folder, "package.json"), "utf8"),
  );
  return {
    name,
    version,
    tarball: join(store, `${name.slice(1).replace("/", "-")}-${version}.tgz`),
    folder,
  };
}

function isComplete(folder: string): boolean {
  return existsSync(packed(folder).tarball) && existsSync(join(folder, "dist"));
}

/** Of everything that a tarball is made from. */
function fingerprint(): string {
  const hash = createHash("sha256");
  const made = ["packages", "LICENSE", "pnpm-lock.yaml", "pnpm-workspace.yaml"];
  const listed = ["ls-files", "-z", "--cached", "--others", "--exclude-standard", ...made];
  const compiler = ["tsconfig.base.json", "tsconfig.json", "tsup.config.base.ts"];
  const files = execFileSync("git", [...listed, ...compiler], { cwd: root, encoding: "utf8" });
  for (const file of files.split("\0").filter((path) => path !== "" && existsSync(join(root, path)))) {
    hash.update(`${file}\0`).update(readFileSync(join(root, file)));
  }
  return hash.digest("hex");
}

function pnpm(args: readonly string[]): void {
  execFileSync(process.execPath, [join(root, "scripts/pnpm.mjs"), ...args], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
  });
}
