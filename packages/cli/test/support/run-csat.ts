import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import type { CsatConfig } from "../../src/config.ts";
import type { ExitCode } from "../../src/exit-code.ts";
import { run } from "../../src/run.ts";

/** What a run left on the terminal. */
export interface Ran {
  readonly exitCode: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `csat` in this process with the words of a command line, separated by spaces. No config: as without the file. */
export async function runCsat(
  commandLine: string | readonly string[],
  given: {
    readonly config?: CsatConfig;
    readonly now?: () => Date;
    readonly folder?: string;
    readonly isTerminal?: boolean;
  } = {},
): Promise<Ran> {
  const stdout = new PassThrough();
  const stderr = Object.assign(new PassThrough(), { isTTY: given.isTerminal === true });
  const [out, err] = [text(stdout), text(stderr)];
  const exitCode = await run({
    words: typeof commandLine === "string" ? commandLine.split(" ") : commandLine,
    folder: given.folder ?? "/nowhere",
    terminal: { stdout, stderr },
    now: given.now ?? (() => new Date(Date.now())),
    load: async () => {
      if (given.config === undefined) throw new Error("secret of a config that was not given");
      return given.config;
    },
  });
  stdout.end();
  stderr.end();
  return { exitCode, stdout: await out, stderr: await err };
}
