import type * as z from "zod/mini";
import { CsatError, type CsatIssue } from "../errors.ts";

/** A value that a host or an adapter answered: as the schema reads it, or what is wrong with it. */
export type Answer<Value> =
  | { readonly isUsable: true; readonly value: Value }
  | { readonly isUsable: false; readonly issues: readonly CsatIssue[] };

/** Reads an answer. Issues name fields and what they must be, never what stood there. */
export function readAnswer<Schema extends z.ZodMiniType>(
  schema: Schema,
  value: unknown,
): Answer<z.output<Schema>> {
  const read = schema.safeParse(value);
  if (read.success) return { isUsable: true, value: read.data };
  const issues = read.error.issues.map(({ path, message }) => ({
    path: path.map(String).join("."),
    message,
  }));
  return { isUsable: false, issues };
}

/** `customer.name must be text or null`, for the log. */
export function saidOf(issues: readonly CsatIssue[]): string {
  return issues.map(({ path, message }) => `${path} ${message}`.trim()).join("; ");
}

/** The error for an answer without which it cannot go on. `who` begins the sentence: "The ticket source". */
export function invalidAnswer(who: string, issues: readonly CsatIssue[]): CsatError {
  const message = `${who} answered out of shape: ${saidOf(issues)}. Correct what it returns.`;
  return new CsatError("invalid_answer", message, { issues });
}
