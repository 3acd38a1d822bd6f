import { CsatError } from "@csat/core";

/** The command line is wrong. `message` says what to write instead. */
export function usageError(message: string): CsatError {
  return new CsatError("invalid_input", message);
}

/** The config lacks what a command needs; `missing` is the field, `example` what to write. */
export function missingInConfig({
  missing,
  example,
}: {
  readonly missing: string;
  readonly example: string;
}): CsatError {
  return new CsatError("invalid_config", `The config has no ${missing}. Add it: ${example}`);
}
