import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../pages/markdown-files.ts";

interface Manifest {
  readonly name?: string;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

function manifestOf(folder: string): Manifest {
  const path = join(root, folder, "package.json");
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : {};
}

/** Folders of the workspace's packages, by name. */
export function workspaceFolders(): ReadonlyMap<string, string> {
  const nested = ["packages", "examples"].flatMap((top) =>
    readdirSync(join(root, top)).map((name) => `${top}/${name}`),
  );
  return new Map(
    [...nested, "tests", "docs"].flatMap((folder) => {
      const { name } = manifestOf(folder);
      return name === undefined ? [] : [[name, folder]];
    }),
  );
}

/** The scripts of a folder's package.json; none where there is no such file. */
export function scriptsOf(folder: string): Readonly<Record<string, string>> {
  return manifestOf(folder).scripts ?? {};
}

/** True for a package of the workspace, and for one that a package of the workspace depends on. */
export function isKnownPackage(name: string): boolean {
  const folders = workspaceFolders();
  if (folders.has(name)) return true;
  return [".", ...folders.values()].some((folder) => {
    const { dependencies, devDependencies } = manifestOf(folder);
    return name in { ...dependencies, ...devDependencies };
  });
}

/** True for what `npx` would run without asking a registry, in the root or in one of the workspace's packages. */
export function binaryExists(name: string): boolean {
  return [".", ...workspaceFolders().values()].some((folder) =>
    existsSync(join(root, folder, "node_modules/.bin", name)),
  );
}
