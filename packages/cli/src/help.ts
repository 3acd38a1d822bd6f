import type { Command, Option } from "./command.ts";
import { commonOptions } from "./parse-arguments.ts";

/** The list of commands. */
export function helpOf(commands: readonly Command[]): string {
  return [
    "Usage: csat COMMAND [options]",
    "",
    "Looks after the customer-satisfaction surveys of your helpdesk.",
    "",
    "Commands:",
    ...table(commands.map((command) => [title(command), command.summary])),
    "",
    "Options of every command:",
    ...optionLines(commonOptions),
    ...table([["--version", "print the version"]]),
    "",
    "csat COMMAND --help says more. Exit codes: 0 fine, 1 findings, 2 could not run.",
    "",
  ].join("\n");
}

/** What one command does and takes. */
export function helpOfCommand(command: Command): string {
  return [
    `Usage: csat ${title(command)} [options]`,
    "",
    `${command.summary.charAt(0).toUpperCase()}${command.summary.slice(1)}.`,
    ...(command.details.length === 0 ? [] : ["", ...command.details]),
    "",
    "Options:",
    ...optionLines({ ...command.options, ...commonOptions }),
    "",
  ].join("\n");
}

function title({ name, argument }: Command): string {
  return argument === null ? name : `${name} ${argument}`;
}

function optionLines(options: Readonly<Record<string, Option>>): readonly string[] {
  return table(
    Object.entries(options).map(([name, { value, help }]) => [
      value === undefined ? `--${name}` : `--${name} ${value}`,
      help,
    ]),
  );
}

function table(rows: readonly (readonly [left: string, right: string])[]): readonly string[] {
  const width = 24;
  return rows.map(([left, right]) => `  ${left.padEnd(width)} ${right}`);
}
