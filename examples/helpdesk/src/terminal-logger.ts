import type { LogFields, Logger } from "@csat/core";

/** Troubles only, one line each on standard error: the demo's one line of output is its URL. */
export const terminalLogger: Logger = {
  debug() {},
  info() {},
  warn: write,
  error: write,
};

function write(fields: LogFields, message: string): void {
  console.error(message, JSON.stringify(fields));
}
