import { CsatError } from "@csat/core";

/** Most fields of a body: our own forms have six, and hosts add a few. */
export const maxFields = 50;

/** Longest name of a field, in characters. */
const maxNameLength = 100;

/** @throws CsatError `invalid_input` for a name that is too long to be one of ours or of a host's */
export function checkName(name: string): void {
  if (name.length <= maxNameLength) return;
  const message = `has a name of more than ${maxNameLength} characters`;
  throw new CsatError("invalid_input", "The body has a field that cannot be used.", {
    issues: [{ path: `${name.slice(0, maxNameLength)}…`, message }],
  });
}

/** The refusal of a body with more than `maxFields` fields. */
export function tooManyFields(): CsatError {
  return new CsatError(
    "invalid_input",
    `The body has more than ${maxFields} fields. Send those that are needed.`,
  );
}
