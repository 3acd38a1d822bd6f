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

/** What a run finds. Without a config the file throws. */
export interface Given {
  readonly config?: CsatConfig;
  readonly now?: () => Date;
  readonly folder?: string;
  /** Which streams are a screen; none by default. */
  readonly screens?: readonly ("stdout" | "stderr")[];
}

/** Runs `csat` in this process with the words of a command line, which may be separated by spaces. */
export async function runCsat(commandLine: string | readonly string[], given: Given = {}): Promise<Ran> {
  const { config, now = () => new Date(Date.now()), folder = "/nowhere", screens = [] } = given;
  const stdout = Object.assign(new PassThrough(), { isTTY: screens.includes("stdout") });
  const stderr = Object.assign(new PassThrough(), { isTTY: screens.includes("stderr") });
  const [out, err] = [text(stdout), text(stderr)];
  const exitCode = await run({
    words: typeof commandLine === "string" ? commandLine.split(" ") : commandLine,
    folder,
    terminal: { stdout, stderr },
    now,
    load: async () => {
      if (config === undefined) throw new Error("there is no config");
      return config;
    },
  });
  stdout.end();
  stderr.end();
  return { exitCode, stdout: await out, stderr: await err };
}
