import { inspect } from "node:util";
import { errorKind, isCsatError } from "@csat/core";

/** What a person reads of an error: the library's own sentences, of others only the kind; all of it with `debug`. */
export function describeError(error: unknown, { debug }: { readonly debug: boolean }): string {
  if (debug) return inspect(error);
  if (isCsatError(error)) return error.message;
  return `Something failed (${errorKind(error)}). Run it again with --debug to see the whole error.`;
}
