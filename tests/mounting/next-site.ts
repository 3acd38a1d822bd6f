import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Handler } from "./a-desk.ts";
import { versionOf } from "./version-of.ts";

declare global {
  /** The handler under test, as `src/csat.ts` of a site finds it. */
  var csatUnderTest: Handler | undefined;
}

/** A major of Next: the workspace package that has it, and how it is told to build no more than routes. */
export interface NextMajor {
  readonly folder: "next-15" | "next-16";
  readonly config: object;
  readonly flags: readonly string[];
}

const run = promisify(execFile);
const example = join(import.meta.dirname, "../../examples/next/src/app/csat/[[...path]]/route.ts");

/**
 * Builds a site that mounts the handler under test by the route file of examples/next: word for word under `/csat`, and
 * with its import one folder up at the root. A site that was built of the same text is kept.
 */
export async function buildSite({ folder, config, flags }: NextMajor): Promise<string> {
  const home = join(import.meta.dirname, folder);
  const site = join(home, ".cache/site");
  const route = readFileSync(example, "utf8");
  const files: Readonly<Record<string, string>> = {
    "package.json": '{ "type": "module" }',
    "tsconfig.json": '{ "compilerOptions": { "allowImportingTsExtensions": true, "noEmit": true } }',
    "next.config.mjs": `export default ${JSON.stringify(config)};`,
    "src/csat.ts": "export const handler = (request: Request) => globalThis.csatUnderTest(request);",
    "src/app/csat/[[...path]]/route.ts": route,
    "src/app/[[...path]]/route.ts": route.replace("../../../csat.ts", "../../csat.ts"),
  };
  const text = JSON.stringify([versionOf("Next", "next", join(home, "package.json")), flags, files]);
  const stamp = join(site, ".next", createHash("sha256").update(text).digest("hex"));
  if (existsSync(stamp)) return site;
  rmSync(site, { recursive: true, force: true });
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(site, path, ".."), { recursive: true });
    writeFileSync(join(site, path), content);
  }
  await run(process.execPath, [nextBin(home), "build", ...flags], {
    cwd: site,
    env: { PATH: process.env.PATH, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
  writeFileSync(stamp, "");
  return site;
}

function nextBin(home: string): string {
  return createRequire(join(home, "package.json")).resolve("next/dist/bin/next");
}

/** The part of Next that serves requests of node:http. */
interface NextServer {
  prepare(): Promise<void>;
  getRequestHandler(): (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void>;
  close(): Promise<void>;
}

/** Starts the built site in this process, which Next changes for good: a process serves one site. */
export async function startSite({ folder }: NextMajor, dir: string): Promise<NextServer> {
  Reflect.set(process.env, "NODE_ENV", "production");
  // Both majors export one function.
  const next = createRequire(join(import.meta.dirname, folder, "package.json"))("next") as (
    options: object,
  ) => NextServer;
  const server = next({ dev: false, dir, quiet: true });
  await server.prepare();
  return server;
}
