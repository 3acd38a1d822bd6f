import { readdirSync, readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Plugin } from "esbuild";
import { defineConfig, type Options } from "tsup";

/**
 * What every package is built by: each entry once for `import` and once for `require`, with types of its own. What a
 * package's manifest lists under dependencies and peerDependencies is left to the host's installer; any other package
 * that the sources import becomes a part of our files. That is the place for packages that `require`, or a resolver
 * without `exports` (node10, Jest 27), cannot load.
 */
export const shared: Options = {
  entry: ["src/index.ts"],
  format: ["esm", "cjs"],
  target: "es2022",
  dts: { compilerOptions: { ignoreDeprecations: "6.0", customConditions: [] } },
  clean: true,
  treeshake: true,
  esbuildPlugins: [bundledPackages()],
};

export default defineConfig(shared);

// No name with "license" in it: pnpm would take it for the licence of the package, and leave that out.
const bundledFile = "dist/bundled-packages.txt";

/** Writes the licences of the packages that became a part of our files: each asks to be kept beside its code. */
function bundledPackages(): Plugin {
  return {
    name: "bundled-packages",
    setup(build) {
      build.onEnd(async ({ metafile }) => {
        const folders = Object.keys(metafile?.inputs ?? {}).flatMap(
          (path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path) ?? [],
        );
        const texts = [...new Set(folders)].map(licenseIn).sort();
        if (texts.length === 0) return;
        await mkdir("dist", { recursive: true });
        await writeFile(bundledFile, texts.join("\n\n"));
      });
    },
  };
}

function licenseIn(folder: string): string {
  const { name, version, license }: { name: string; version: string; license: string } = JSON.parse(
    readFileSync(join(folder, "package.json"), "utf8"),
  );
  const file = readdirSync(folder).find((path) => /^licen[cs]e/i.test(path));
  // A build must not ship code whose terms nobody can read.
  if (file === undefined) {
    throw new Error(`${name} has no licence file: it cannot become a part of our files.`);
  }
  return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
}
