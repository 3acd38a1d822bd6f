import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** What a process left behind. */
export interface Ended {
  readonly exitCode: number | string | null | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder in which `csat` runs as a process of its own, with a config beside it. */
export interface CsatFolder {
  readonly csat: (words: readonly string[], environment?: Readonly<Record<string, string>>) => Promise<Ended>;
  readonly remove: () => void;
}

/** Processes run the sources of the packages: tests need no build. */
export function csatFolder(): CsatFolder {
  const folder = mkdtempSync(join(tmpdir(), "csat-process-"));
  const config = new URL("csat.config.ts", import.meta.url).href;
  writeFileSync(join(folder, "csat.config.mjs"), `export { default } from ${JSON.stringify(config)};`);
  const main = fileURLToPath(new URL("../../src/main.ts", import.meta.url));
  const loader = import.meta.resolve("tsx");
  return {
    csat: (words, environment = {}) =>
      new Promise((resolve) => {
        const env = { PATH: process.env.PATH, ...environment };
        const args = ["--import", loader, "--conditions=@csat/source", main, ...words];
        execFile(process.execPath, args, { cwd: folder, env }, (error, stdout, stderr) => {
          resolve({ exitCode: error === null ? 0 : error.code, stdout, stderr });
        });
      }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
