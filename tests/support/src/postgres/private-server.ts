import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { type Account, succeedsAs } from "./account.ts";
import type { PostgresBinaries } from "./find-binaries.ts";
import { removeStaleFolders } from "./stale-folders.ts";

/** A running server of our own; `stop` resolves once it is gone and its folder is removed. */
export interface PrivateServer {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/**
 * Starts a Postgres server of our own in a temporary folder, on a free port of 127.0.0.1, with settings made for
 * throw-away data. It ends with this process, however this process ends.
 */
export async function startPrivateServer({
  binaries,
  account,
  mayCopy,
}: {
  readonly binaries: PostgresBinaries;
  readonly account: Account | null;
  /** The binaries form a folder of their own that may be copied when the account cannot reach them. */
  readonly mayCopy: boolean;
}): Promise<PrivateServer> {
  const base = temporaryFolder(account);
  removeStaleFolders(base);
  const reachable = succeedsAs(account, { command: `${binaries.folder}/initdb`, args: ["--version"] });
  const password = randomBytes(18).toString("hex");
  const keeper = spawn(process.execPath, [fileURLToPath(new URL("./keeper.mjs", import.meta.url))], {
    // A process group of its own: Ctrl-C reaches the parent, whose end the keeper sees on stdin.
    detached: true,
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = new Promise<void>((resolve) => keeper.once("exit", () => resolve()));
  const answer = new Promise<string>((resolve) => {
    createInterface({ input: keeper.stdout }).once("line", resolve);
    keeper.once("exit", (code) => resolve(JSON.stringify({ error: `the keeper ended with code ${code}` })));
  });
  const copyFrom = mayCopy && !reachable ? dirname(binaries.folder) : null;
  keeper.stdin.write(`${JSON.stringify({ binaries: binaries.folder, copyFrom, account, base, password })}\n`);
  const { port, error }: { readonly port?: number; readonly error?: string } = JSON.parse(await answer);
  if (port === undefined) {
    throw new Error(`Could not start a private Postgres from ${binaries.folder}: ${error}`);
  }
  keeper.unref();
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    stop: () => {
      keeper.ref();
      keeper.stdin.end();
      return ended;
    },
  };
}

/** A temporary folder that the account can enter: TMPDIR may lie inside a home that only root reads. */
function temporaryFolder(account: Account | null): string {
  const own = tmpdir();
  if (account === null || succeedsAs(account, { command: "test", args: ["-x", own] })) return own;
  return "/tmp";
}
