import { strict as assert } from "node:assert";
import { join } from "node:path";
import { entryNames, type PackedPackage } from "../../../scripts/packages/packed-packages.ts";
import type { BareProject } from "../bare-project.ts";
import { compilerName, importing } from "../type-check.ts";

/** How one compiler resolves modules in a host that compiles to CommonJS. */
export interface CommonJsHost {
  readonly version: string;
  readonly moduleResolution: "node" | "node10" | "node16" | "nodenext" | "bundler";
  readonly module: "commonjs" | "node16" | "nodenext" | "esnext";
  /** The number of the error with which the compiler refuses the setting itself; then there is nothing to run. */
  readonly refusedWith?: "TS5108" | "TS6046";
  /** Without it the compiler refuses the setting. */
  readonly ignoreDeprecations?: "6.0";
}

/**
 * Every compiler by every resolution, with the names that each has for them. `bundler` came with 5.0, and only from 6.0
 * on goes together with CommonJS: before, the compiler leaves `import` to the bundler.
 */
export const commonJsHosts: readonly CommonJsHost[] = [
  { version: "4.9", moduleResolution: "node", module: "commonjs" },
  { version: "4.9", moduleResolution: "node16", module: "node16" },
  { version: "4.9", moduleResolution: "nodenext", module: "nodenext" },
  { version: "4.9", moduleResolution: "bundler", module: "esnext", refusedWith: "TS6046" },
  ...["5.4", "5.9"].flatMap((version): readonly CommonJsHost[] => [
    { version, moduleResolution: "node10", module: "commonjs" },
    { version, moduleResolution: "node16", module: "node16" },
    { version, moduleResolution: "nodenext", module: "nodenext" },
    { version, moduleResolution: "bundler", module: "esnext" },
  ]),
  { version: "6.0", moduleResolution: "node10", module: "commonjs", ignoreDeprecations: "6.0" },
  { version: "6.0", moduleResolution: "node16", module: "node16" },
  { version: "6.0", moduleResolution: "nodenext", module: "nodenext" },
  { version: "6.0", moduleResolution: "bundler", module: "commonjs" },
  { version: "7.0", moduleResolution: "node10", module: "commonjs", refusedWith: "TS5108" },
  { version: "7.0", moduleResolution: "node16", module: "node16" },
  { version: "7.0", moduleResolution: "nodenext", module: "nodenext" },
  { version: "7.0", moduleResolution: "bundler", module: "commonjs" },
];

/** What a host compiles with: every compiler of the table, each once, and the bundler of those that leave `import`. */
export const hostTools: readonly string[] = [
  ...[...new Set(commonJsHosts.map(({ version }) => version))].map(
    (version) => `${compilerName(version)}@npm:typescript@${version}`,
  ),
  "esbuild",
  // The newest whose declarations TypeScript 4.9 reads.
  "@types/node@18",
  "@types/pg",
];

/** What one survey comes to wherever it runs: a stored answer (S13), and an error known by its code. */
export const expectedOutcome = "status 201, rating 5, invalid_config";

/** Writes the program that all hosts compile: one survey, and every entry of every package. */
export function writeHost(project: BareProject, packages: readonly PackedPackage[]): void {
  project.copyIn(join(import.meta.dirname, "one-survey.ts"), "one-survey.ts");
  project.write({
    "entries.ts": importing(packages.flatMap(entryNames)),
    "main.ts": [
      'import "./entries";',
      'import { oneSurvey } from "./one-survey";',
      "oneSurvey().then((outcome) => console.log(outcome));",
      "",
    ].join("\n"),
  });
}

/** Compiles the program as one host does, runs what comes out with plain Node, and returns what it printed. */
export async function runCommonJsHost(project: BareProject, host: CommonJsHost): Promise<string> {
  const { version, moduleResolution, module, refusedWith, ignoreDeprecations } = host;
  const name = `${version}-${moduleResolution}`;
  const compilerOptions = {
    target: "es2020",
    module,
    moduleResolution,
    outDir: `out/${name}`,
    types: ["node"],
    ...(ignoreDeprecations === undefined ? {} : { ignoreDeprecations }),
    // What `tsc --init` writes.
    strict: true,
    esModuleInterop: true,
    forceConsistentCasingInFileNames: true,
    skipLibCheck: true,
  };
  project.write({ [`tsconfig.${name}.json`]: JSON.stringify({ compilerOptions, files: ["main.ts"] }) });
  const compiler = join("node_modules", compilerName(version), "bin", "tsc");
  const compile = [compiler, "-p", `tsconfig.${name}.json`, "--pretty", "false"];
  if (refusedWith !== undefined) {
    const said = await project.run(process.execPath, compile, { exitCodes: [1, 2] });
    assert.match(said, new RegExp(`error ${refusedWith}:`));
    return said;
  }
  await project.run(process.execPath, compile);
  const main = `out/${name}/main.js`;
  if (module !== "esnext") return await runWithRequire(project, main);
  const bundled = `out/${name}/bundle.js`;
  const bundle = [
    "--bundle",
    "--platform=node",
    "--format=cjs",
    "--packages=external",
    `--outfile=${bundled}`,
  ];
  await project.run("npx", ["--no-install", "esbuild", main, ...bundle, "--log-level=warning"]);
  return await runWithRequire(project, bundled);
}

// A file that only `import` may load must not pass because this Node can require it all the same.
function runWithRequire(project: BareProject, file: string): Promise<string> {
  const flag = "--no-experimental-require-module";
  const known = process.allowedNodeEnvironmentFlags.has(flag) ? [flag] : [];
  return project.run(process.execPath, [...known, "--no-warnings", file]);
}
