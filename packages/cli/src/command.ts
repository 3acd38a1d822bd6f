import type { CsatConfig } from "./config.ts";
import type { ExitCode } from "./exit-code.ts";
import type { Terminal } from "./terminal.ts";

/** One word behind `csat`: what it is, what it takes, what it does. */
export interface Command {
  readonly name: string;
  /** What it needs behind its name, as help shows it; null for nothing. */
  readonly argument: string | null;
  /** One line, for the list of commands. */
  readonly summary: string;
  /** What else help says, a line each; empty for nothing. */
  readonly details: readonly string[];
  /** By long name, without the dashes. */
  readonly options: Readonly<Record<string, Option>>;
  /** Does the work. What it throws ends the process with 2. */
  run(call: Call): Promise<ExitCode>;
}

/** An option of a command. One with a `value` takes a text; one without is on when it is given. */
export interface Option {
  /** The placeholder of its text in help, e.g. `ID`; left out for a switch. */
  readonly value?: string;
  /** May be given several times. */
  readonly isList?: true;
  readonly help: string;
}

/** One run of a command. */
export interface Call {
  readonly config: CsatConfig;
  /** Empty when the command takes none. */
  readonly argument: string;
  readonly options: GivenOptions;
  readonly terminal: Terminal;
  /** Where paths start. */
  readonly folder: string;
  /** This machine's clock. */
  readonly now: () => Date;
}

/** The options of the command line, checked against those of the command. */
export interface GivenOptions {
  /** Null when it is not there. */
  text(name: string): string | null;
  texts(name: string): readonly string[];
  isOn(name: string): boolean;
}
