import { AssertionError } from "node:assert";
import { inspect, isDeepStrictEqual } from "node:util";
import { type CsatErrorCode, isCsatError } from "@csat/core";

// The kit runs under any test runner, so it brings its own four assertions; their arguments stand as in node:assert.

/** Rejects unless both are equal through and through: same keys, same types, dates by their time. `what` names the value. */
export function expectEqual<Value>(actual: Value, expected: Value, what: string): void {
  if (isDeepStrictEqual(actual, expected)) return;
  throw new AssertionError({
    message: `${what}: expected ${show(expected)}, got ${show(actual)}`,
    actual,
    expected,
    operator: "deepStrictEqual",
  });
}

/** Rejects unless `holds`; `claim` says what was to be true. */
export function expectTrue(holds: boolean, claim: string): void {
  if (holds) return;
  throw new AssertionError({ message: `not true: ${claim}`, actual: holds, expected: true, operator: "==" });
}

/** Hands back `value` unless it is null or undefined. `what` names it. */
export function expectPresent<Value>(value: Value, what: string): NonNullable<Value> {
  if (value !== null && value !== undefined) return value;
  throw new AssertionError({ message: `${what}: expected it to exist, got ${show(value)}`, actual: value });
}

/** Rejects unless `work` rejects with a CsatError of `code`. */
export async function expectCsatError(
  work: () => Promise<unknown>,
  code: CsatErrorCode,
  what: string,
): Promise<void> {
  const outcome = await work().then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ("error" in outcome && isCsatError(outcome.error, code)) return;
  throw new AssertionError({
    message: `${what}: expected a CsatError "${code}", got ${show(outcome)}`,
    actual: outcome,
  });
}

function show(value: unknown): string {
  return inspect(value, { depth: 6, maxArrayLength: 20, breakLength: 120 });
}
