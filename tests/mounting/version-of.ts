import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/** Name and version of a framework as they are installed, for titles: `Express 5.3.0`. */
export function versionOf(framework: string, packageName: string, from = import.meta.url): string {
  const folders = createRequire(from).resolve.paths(packageName) ?? [];
  for (const folder of folders) {
    try {
      const { version } = JSON.parse(readFileSync(join(folder, packageName, "package.json"), "utf8"));
      return `${framework} ${version}`;
    } catch {
      // The next folder may have it.
    }
  }
  throw new Error(`${packageName} is not installed: run node scripts/pnpm.mjs install.`);
}
