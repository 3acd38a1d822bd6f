import type { Writable } from "node:stream";
import { plainText } from "./plain-text.ts";

/** Where a command writes: results to one stream, everything about them to the other. */
export interface Terminal {
  readonly stdout: Output;
  readonly stderr: Output;
}

/** A stream that may be somebody's screen. */
export type Output = Writable & { readonly isTTY?: boolean };

/** Writes a line of the result. */
export function say(terminal: Terminal, line: string): void {
  terminal.stdout.write(`${plainText(line)}\n`);
}

/** Writes a line about the work: errors, notes. */
export function note(terminal: Terminal, line: string): void {
  terminal.stderr.write(`${plainText(line)}\n`);
}
