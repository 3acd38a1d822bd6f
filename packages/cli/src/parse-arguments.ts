import { parseArgs } from "node:util";
import type { Command, GivenOptions, Option } from "./command.ts";
import { usageError } from "./usage-error.ts";

/** Options that every command takes. */
export const commonOptions: Readonly<Record<string, Option>> = {
  config: { value: "FILE", help: "the config; by default csat.config.ts, .mjs or .js of this folder" },
  debug: { help: "print whole errors with their stacks; they may hold values of your data" },
  help: { help: "show this text" },
};

/** A command line, read. */
export interface Arguments {
  /** Empty when the command takes none. */
  readonly argument: string;
  readonly options: GivenOptions;
}

/** Reads what stands behind the command's name. @throws CsatError `invalid_input`, saying what to write */
export function parseArguments(command: Command, words: readonly string[]): Arguments {
  const { values, positionals } = parsed({ ...command.options, ...commonOptions }, words);
  const options: GivenOptions = {
    text(name) {
      const value = values[name];
      return typeof value === "string" ? value : null;
    },
    texts(name) {
      const value = values[name];
      return Array.isArray(value) ? value.filter((text) => typeof text === "string") : [];
    },
    isOn: (name) => values[name] === true,
  };
  // Help is help, whatever else is wrong.
  if (options.isOn("help")) return { argument: "", options };
  const [argument = "", ...others] = positionals;
  if (command.argument !== null && argument === "") {
    throw usageError(`${command.argument} is missing: csat ${command.name} ${command.argument}.`);
  }
  const tooMuch = command.argument === null ? argument : (others[0] ?? "");
  if (tooMuch !== "") throw usageError(`There is nothing to do with "${tooMuch}".`);
  return { argument, options };
}

function parsed(options: Readonly<Record<string, Option>>, words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: Object.fromEntries(
        Object.entries(options).map(([name, { value, isList }]) => [
          name,
          {
            type: value === undefined ? ("boolean" as const) : ("string" as const),
            multiple: isList === true,
            ...(name === "help" ? { short: "h" } : {}),
          },
        ]),
      ),
    });
  } catch (error) {
    // Node's words name the option: "Unknown option '--x'. …"
    throw usageError(error instanceof Error ? error.message : String(error));
  }
}

/** The option as a number from `least` on; `otherwise` when it is not given. @throws CsatError `invalid_input` */
export function numberOption(
  options: GivenOptions,
  { name, least, otherwise }: { readonly name: string; readonly least: number; readonly otherwise: number },
): number {
  const text = options.text(name);
  if (text === null) return otherwise;
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value) && value >= least) return value;
  throw usageError(`--${name} must be a number from ${least} on.`);
}

/** The option's text. @throws CsatError `invalid_input` when it is not given or empty */
export function requiredOption(options: GivenOptions, name: string): string {
  const text = options.text(name);
  if (text !== null && text !== "") return text;
  throw usageError(`--${name} is needed.`);
}
