import { CsatError, type CsatIssue, type CustomerRef, isCsatError } from "@csat/core";
import type { Fields } from "./read-fields.ts";

/**
 * Refuses fields that the route does not know: who misspells `address` must not name somebody else by what is left. A form
 * may also carry `return`, and fields that start with an underscore.
 * @throws CsatError `invalid_input`
 */
export function refuseUnknown({ kind, values }: Fields, known: readonly string[]): void {
  const isOwn = (name: string) => kind === "form" && (name === "return" || name.startsWith("_"));
  const issues = [...values.keys()]
    .filter((name) => !known.includes(name) && !isOwn(name))
    .map((path) => ({ path, message: `is unknown; known are ${known.join(", ")}` }));
  if (issues.length > 0) throw refused(issues);
}

/** What a customer is named by in a body. */
export const customerFields = ["address", "id", "key"] as const;

/** Whom a body names. A field of a form that was left empty names nobody, nor does null. */
export function customerIn(fields: Fields): CustomerRef {
  const named = customerFields.flatMap((name) => {
    const value = givenIn(fields, name);
    return value === undefined ? [] : [[name, value] as const];
  });
  // What is no text, and what names nobody, is the core's to refuse.
  return Object.fromEntries(named) as CustomerRef;
}

/** Undefined where it is left out, null, or an empty field of a form. */
export function givenIn({ kind, values }: Fields, name: string): unknown {
  const value = values.get(name) ?? undefined;
  return kind === "form" && value === "" ? undefined : value;
}

// With the zone: a time without one would mean another moment on every server. A day is meant as a date picker gives it.
const isoTime = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2}))?$/;

/** A time, or a day in UTC. Undefined where there is none. @throws CsatError `invalid_input` */
export function timeOf(value: unknown, path: string): Date | undefined {
  if (value === undefined || value === null) return undefined;
  const time = typeof value === "string" && isoTime.test(value) ? new Date(value) : null;
  if (time !== null && !Number.isNaN(time.getTime())) return time;
  throw refused([{ path, message: "must be a day or a time with its zone, such as 2026-03-01T12:00:00Z" }]);
}

/** Runs a call and lets its refusals speak of the body's fields. */
export async function inTermsOfBody<Result>(call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    if (!isCsatError(error, "invalid_input")) throw error;
    const issues = error.issues.map(({ path, message }) => ({
      path: path === "who" ? "" : path.replace(/^who\./, ""),
      message,
    }));
    throw refused(issues, error);
  }
}

/** The refusal of a body, which says what is wrong with which field. */
export function refused(issues: readonly CsatIssue[], cause?: unknown): CsatError {
  const said = issues.map(({ path, message }) => (path === "" ? message : `${path} ${message}`)).join("; ");
  return new CsatError("invalid_input", `Nothing was done: ${said}.`, { issues, cause });
}
