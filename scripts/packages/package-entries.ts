import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./root.ts";

/** What a package exports under one name. */
export interface PackageEntry {
  /** As hosts import it, such as `@csat/http/node`. */
  readonly specifier: string;
  /** The file of the workspace that it is made from; absolute. */
  readonly source: string;
  /** Names of the peers, which are the host's to install. */
  readonly hostBrings: readonly string[];
}

interface Manifest {
  readonly name: string;
  readonly exports: Readonly<Record<string, { readonly "@csat/source": string }>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** The folders below packages/. */
export function packageNames(): readonly string[] {
  return readdirSync(join(root, "packages"));
}

/** Every entry of the package in this folder below packages/. */
export function entriesOf(folder: string): readonly PackageEntry[] {
  const path = join(root, "packages", folder);
  const {
    name,
    exports,
    peerDependencies = {},
  }: Manifest = JSON.parse(readFileSync(join(path, "package.json"), "utf8"));
  return Object.entries(exports).map(([entry, conditions]) => ({
    specifier: `${name}${entry.slice(1)}`,
    source: join(path, conditions["@csat/source"]),
    hostBrings: Object.keys(peerDependencies),
  }));
}
