import { inspect } from "node:util";
import { isCsatError } from "@csat/core";

/** Code of an error, else its name; its own words may hold addresses, passwords and values of rows. */
export function kindOf(error: unknown): string {
  if (isCsatError(error)) return error.code;
  if (!(error instanceof Error)) return typeof error;
  // An attempt to connect to several addresses fails with a list of errors.
  const [first]: readonly unknown[] = error instanceof AggregateError ? error.errors : [];
  const code: unknown = "code" in error ? error.code : Reflect.get(Object(first), "code");
  return typeof code === "string" ? code : error.name;
}

/** What a person reads of an error: the library's own sentences, of others only the kind; all of it with `debug`. */
export function describeError(error: unknown, { debug }: { readonly debug: boolean }): string {
  if (debug) return inspect(error);
  if (isCsatError(error)) return error.message;
  return `Something failed (${kindOf(error)}). Run it again with --debug to see the whole error.`;
}
