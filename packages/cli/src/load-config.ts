import { existsSync } from "node:fs";
import { basename, extname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { CsatError } from "@csat/core";
import { createJiti } from "jiti";
import type { CsatConfig } from "./config.ts";
import { readConfig } from "./read-config.ts";

// Looked for in this order; the first that is there counts.
const configNames: readonly string[] = ["csat.config.ts", "csat.config.mjs", "csat.config.js"];

/**
 * Runs the config file and reads what it exports by default. `path` is relative to `folder`; null looks there for one
 * of `configNames`.
 * @throws CsatError `invalid_config`, with what the file threw as `cause`
 */
export async function loadConfig({
  folder,
  path,
}: {
  readonly folder: string;
  readonly path: string | null;
}): Promise<CsatConfig> {
  const file = resolve(folder, path ?? configNames.find((name) => existsSync(resolve(folder, name))) ?? "");
  if (path === null && !configNames.includes(basename(file))) {
    throw new CsatError(
      "invalid_config",
      `There is no ${configNames.join(" or ")} in ${folder}. Make one that default-exports your csat instance, or name another with --config FILE.`,
    );
  }
  if (!existsSync(file)) {
    throw new CsatError("invalid_config", `There is no file ${file}. Correct --config.`);
  }
  return readConfig(await defaultExport(file), basename(file));
}

async function defaultExport(file: string): Promise<unknown> {
  let exported: unknown;
  try {
    exported = await importFile(file);
  } catch (cause) {
    // The words are those of the host's own code, or of Node about it: whoever runs the command must read them.
    const said = cause instanceof Error ? cause.message : String(cause);
    throw new CsatError("invalid_config", `${basename(file)} could not be loaded: ${said}`, { cause });
  }
  if (isObject(exported) && "default" in exported) {
    const { default: whole } = exported;
    // TypeScript compiles `export default` to CommonJS as a field beside this mark; import() hands out both together.
    return isObject(whole) && whole.__esModule === true && "default" in whole ? whole.default : whole;
  }
  throw new CsatError("invalid_config", `${basename(file)} has no default export. Export the csat instance.`);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** Node runs no TypeScript before 22.18, and later only a part of it. */
function importFile(file: string): Promise<unknown> {
  if (![".ts", ".mts"].includes(extname(file))) return import(pathToFileURL(file).href);
  // No cache on disk: a command leaves no files behind.
  return createJiti(import.meta.url, { fsCache: false, interopDefault: false }).import(file);
}
