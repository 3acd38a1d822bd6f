import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { type Account, succeedsAs, temporaryFolderFor } from "./account.ts";
import type { PostgresBinaries } from "./find-binaries.ts";
import { removeStaleFolders } from "./stale-folders.ts";

/** A running server of our own; `stop` resolves once it is gone and its folder is removed. */
export interface PrivateServer {
  readonly url: string;
  /** Ends the server at once, as a crash does. Resolves when it is gone. */
  readonly crash: () => Promise<void>;
  /** Ends the server in order: open transactions roll back, connections are closed. */
  readonly halt: () => Promise<void>;
  /** Brings the server back on its port, with what was committed. Resolves when it takes connections. */
  readonly resume: () => Promise<void>;
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
  survivesCrash = false,
}: {
  readonly binaries: PostgresBinaries;
  readonly account: Account | null;
  /** The binaries form a folder of their own that may be copied when the account cannot reach them. */
  readonly mayCopy: boolean;
  /** What was committed is there after `crash`. Slower. */
  readonly survivesCrash?: boolean;
}): Promise<PrivateServer> {
  const base = temporaryFolderFor(account);
  removeStaleFolders(base);
  const reachable = succeedsAs(account, { command: `${binaries.folder}/initdb`, args: ["--version"] });
  const password = randomBytes(18).toString("hex");
  const keeper = spawn(process.execPath, [fileURLToPath(new URL("./keeper.mjs", import.meta.url))], {
    // A process group of its own: Ctrl-C reaches the parent, whose end the keeper sees on stdin.
    detached: true,
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = new Promise<void>((resolve) => keeper.once("exit", () => resolve()));
  const lines = createInterface({ input: keeper.stdout });
  const tell = (line: string) =>
    new Promise<{ readonly port?: number; readonly error?: string }>((resolve) => {
      lines.once("line", (answer) => resolve(JSON.parse(answer)));
      keeper.once("exit", (code) => resolve({ error: `the keeper ended with code ${code}` }));
      keeper.stdin.write(`${line}\n`);
    });
  const command = async (word: "crash" | "halt" | "resume") => {
    const { error } = await tell(word);
    if (error !== undefined) throw new Error(`Could not ${word} the private Postgres: ${error}`);
  };
  const copyFrom = mayCopy && !reachable ? dirname(binaries.folder) : null;
  const { port, error } = await tell(
    JSON.stringify({ binaries: binaries.folder, copyFrom, account, base, password, survivesCrash }),
  );
  if (port === undefined) {
    throw new Error(`Could not start a private Postgres from ${binaries.folder}: ${error}`);
  }
  keeper.unref();
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    crash: () => command("crash"),
    halt: () => command("halt"),
    resume: () => command("resume"),
    stop: () => {
      keeper.ref();
      keeper.stdin.end();
      return ended;
    },
  };
}
