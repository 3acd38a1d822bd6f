import { type LogFields, type Logger, silentLogger } from "@csat/core";
import type { Command } from "./command.ts";
import { exitCodes } from "./exit-code.ts";
import { type Progress, progress } from "./progress.ts";
import { say } from "./terminal.ts";
import { missingInConfig } from "./usage-error.ts";

/** Creates or updates the tables. Safe to run from several machines at once, and again. */
export const migrate: Command = {
  name: "migrate",
  argument: null,
  summary: "create or update our tables",
  details: ["Run it before the processes of a new release start. A second run changes nothing."],
  options: {},
  async run({ config, terminal }) {
    const { migrate: work, inspect } = config.database ?? {};
    if (work === undefined) {
      throw missingInConfig({
        missing: "database.migrate",
        example: "database: { migrate: (options) => migrate(db, options) } with migrate of @csat/postgres.",
      });
    }
    const shown = progress(terminal, "Migrating");
    try {
      await work({ logger: stepLogger(shown) });
    } finally {
      shown.end();
    }
    const state = await inspect?.();
    const version =
      state === undefined || state.schemaVersion === null ? "" : ` (version ${state.schemaVersion})`;
    say(terminal, `The tables are up to date${version}.`);
    return exitCodes.fine;
  },
};

/** Prints what the storage logs: steps that are done, locks that are waited for. */
function stepLogger(shown: Progress): Logger {
  const line = ({ number, name }: LogFields, message: string) =>
    shown.note(
      typeof number === "number" && typeof name === "string" ? `${message} ${number} ${name}` : message,
    );
  return { ...silentLogger, info: line, warn: line, error: line };
}
