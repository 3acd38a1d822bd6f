import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { PGlite } from "@electric-sql/pglite";

// The path of the package holds its version: another one makes files of its own.
const entry = createRequire(import.meta.url).resolve("@electric-sql/pglite");
const version = createHash("sha256").update(entry).digest("hex").slice(0, 12);
const folder = fileURLToPath(new URL("../.cache/", import.meta.url));
const firstFiles = `${folder}pglite-${version}.tar`;

/**
 * An empty PGlite in memory. Making its first files is most of a start, seconds of CPU: the first one on this machine
 * leaves a copy for the others.
 */
export async function createTestPglite(): Promise<PGlite> {
  if (existsSync(firstFiles))
    return await PGlite.create({ loadDataDir: new Blob([readFileSync(firstFiles)]) });
  const client = await PGlite.create();
  const files = await client.dumpDataDir("none");
  mkdirSync(folder, { recursive: true });
  // Whole or not at all: other processes look for it at the same time.
  const mine = `${firstFiles}.${process.pid}`;
  writeFileSync(mine, new Uint8Array(await files.arrayBuffer()));
  renameSync(mine, firstFiles);
  return client;
}
