import { attempt } from "./attempt.ts";
import type { Command } from "./command.ts";
import type { CsatConfig } from "./config.ts";
import { customer } from "./customer.ts";
import { dead, replay } from "./dead-events.ts";
import { describeError } from "./describe-error.ts";
import { doctor } from "./doctor.ts";
import { erase } from "./erase.ts";
import { type ExitCode, exitCodes } from "./exit-code.ts";
import { explain } from "./explain.ts";
import { exportAnswers } from "./export.ts";
import { helpOf, helpOfCommand } from "./help.ts";
import { migrate } from "./migrate.ts";
import { parseArguments } from "./parse-arguments.ts";
import { policy } from "./policy.ts";
import { recount } from "./recount.ts";
import { retryFailed } from "./retry-failed.ts";
import { sendTest } from "./send-test.ts";
import { note, type Terminal } from "./terminal.ts";
import { version } from "./version.ts";

/** Every command, in the order of help. */
export const commands: readonly Command[] = [
  migrate,
  doctor,
  explain,
  sendTest,
  retryFailed,
  dead,
  replay,
  erase,
  customer,
  recount,
  exportAnswers,
  policy,
];

const closeTimeoutMs = 5_000;

/** What a run of `csat` gets from its process. */
export interface Run {
  /** Behind `csat`. */
  readonly words: readonly string[];
  /** Where the config is looked for and paths start. */
  readonly folder: string;
  readonly terminal: Terminal;
  readonly now: () => Date;
  /** Reads the config; `path` is null when none was named. */
  readonly load: (asked: { readonly folder: string; readonly path: string | null }) => Promise<CsatConfig>;
}

/** Runs one command from its words to its exit code. Never rejects; closes what the config opened, whatever happens. */
export async function run({ words, folder, terminal, now, load }: Run): Promise<ExitCode> {
  const [name = "", ...rest] = words;
  if (["help", "--help", "-h"].includes(name)) return print(terminal, helpOf(commands));
  if (name === "--version") return print(terminal, `${version()}\n`);
  const command = commands.find((known) => known.name === name);
  if (command === undefined) {
    if (name !== "") note(terminal, `csat has no command "${name}".\n`);
    terminal.stderr.write(helpOf(commands));
    return exitCodes.failed;
  }
  // Reading the options may be what fails.
  const debug = rest.includes("--debug");
  let close: () => unknown = () => {};
  try {
    const { argument, options } = parseArguments(command, rest);
    if (options.isOn("help")) return print(terminal, helpOfCommand(command));
    const config = await load({ folder, path: options.text("config") });
    close = config.close ?? close;
    return await command.run({ config, argument, options, terminal, folder, now });
  } catch (error) {
    note(terminal, `csat ${name}: ${describeError(error, { debug })}`);
    return exitCodes.failed;
  } finally {
    // The answer stands, whether the connections end well or not.
    await attempt({ timeoutMs: closeTimeoutMs, work: async () => close() });
  }
}

function print({ stdout }: Terminal, text: string): ExitCode {
  stdout.write(text);
  return exitCodes.fine;
}
