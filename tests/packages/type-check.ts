import { readFileSync } from "node:fs";
import { join } from "node:path";
import { entryNames, type PackedPackage } from "../../scripts/packages/packed-packages.ts";
import type { BareProject } from "./bare-project.ts";
import { readmeSample } from "./readme-sample.ts";

/** The newest patch of every minor from the oldest that we promise to the newest that exists. */
export const compilerVersions: readonly string[] = ["5.5", "5.6", "5.7", "5.8", "5.9", "6.0", "7.0"];

/** The name under which a project has the compiler of a version. */
export function compilerName(version: string): string {
  return `typescript-${version.replace(".", "-")}`;
}

/** How hosts resolve modules; `bundler` stands for a project with a browser's types, too. */
export const resolutions = ["node16", "bundler"] as const;
export type Resolution = (typeof resolutions)[number];

/** What a compiler said. */
export interface TypeCheck {
  /** About the README's sample, the imports of every entry, and our own declarations. */
  readonly ours: readonly string[];
  /** About declarations of other packages: packages and numbers of errors. */
  readonly foreign: ReadonlyMap<string, number>;
}

/** Writes the files that `typeCheck` checks: the README's sample, and an import of every entry of every package. */
export function writeTypedFiles(project: BareProject, packages: readonly PackedPackage[]): void {
  const entries = packages.flatMap(entryNames);
  const isForBrowsers = (entry: string) => entry.endsWith("/element");
  project.write({
    "src/embed.ts": readmeSample(),
    "src/entries.ts": importing(entries.filter((entry) => !isForBrowsers(entry))),
    "src/browser.ts": importing(entries.filter(isForBrowsers)),
  });
}

/** Has one compiler check the files, and every declaration that they lead to. */
export async function typeCheck(
  project: BareProject,
  { version, resolution }: { readonly version: string; readonly resolution: Resolution },
): Promise<TypeCheck> {
  const config = `tsconfig.${version}.${resolution}.json`;
  const isNode = resolution === "node16";
  const compilerOptions = {
    module: isNode ? "node16" : "esnext",
    moduleResolution: resolution,
    target: "es2022",
    lib: isNode ? ["es2023"] : ["es2023", "dom", "dom.iterable"],
    types: ["node"],
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    // Our declarations are checked like source. So are those of others, whose errors are told apart below.
    skipLibCheck: false,
  };
  const files = ["src/embed.ts", "src/entries.ts", ...(isNode ? [] : ["src/browser.ts"])];
  project.write({ [config]: JSON.stringify({ compilerOptions, files }) });
  const compiler = join("node_modules", compilerName(version), "bin", "tsc");
  const output = await project.run(process.execPath, [compiler, "-p", config, "--pretty", "false"], {
    exitCodes: [0, 1, 2],
  });
  return sorted(output);
}

/** The version of the compiler that the project really has. */
export function compilerVersion(project: BareProject, version: string): string {
  const manifest = join(project.folder, "node_modules", compilerName(version), "package.json");
  return JSON.parse(readFileSync(manifest, "utf8")).version;
}

/**
 * A program that imports every entry. One whose types were not found would be `any`, and then nothing were wrong with a
 * name that does not exist.
 */
export function importing(entries: readonly string[]): string {
  return entries
    .map(
      (entry, index) =>
        `import * as entry${index} from "${entry}";\n// @ts-expect-error there is no such export\nentry${index}.noSuchExport;\n`,
    )
    .join("");
}

function sorted(output: string): TypeCheck {
  const ours: string[] = [];
  const foreign = new Map<string, number>();
  for (const line of output.split("\n").filter((text) => /error TS\d+/.test(text))) {
    const owner = /^(?:\S*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(line)?.[1];
    // A compiler that cannot even parse a file says nothing more about any other.
    const hidesOthers = /error TS1\d{3}:/.test(line);
    if (owner === undefined || owner.startsWith("@csat/") || hidesOthers) ours.push(line);
    else foreign.set(owner, (foreign.get(owner) ?? 0) + 1);
  }
  if (output.trim() !== "" && ours.length === 0 && foreign.size === 0) ours.push(output);
  return { ours, foreign };
}
