import { type Clock, CsatError, type Logger } from "@csat/core";

/** @throws CsatError `invalid_config` when `options` is no object */
export function requireOptions(options: unknown, of: string): void {
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    throw wrong(of, "takes an object of options, or nothing");
  }
}

/** @throws CsatError `invalid_config` when `clock` is given and tells no time */
export function requireClock(clock: Clock | undefined, of: string): void {
  if (clock !== undefined && typeof clock?.now !== "function") {
    throw wrong(of, "needs a `clock` with a function `now` that returns a Date");
  }
}

/** @throws CsatError `invalid_config` when `logger` is given and lacks a level */
export function requireLogger(logger: Logger | undefined, of: string): void {
  if (logger === undefined) return;
  const levels = ["debug", "info", "warn", "error"] as const;
  const missing = levels.filter((level) => typeof logger?.[level] !== "function");
  if (missing.length > 0) throw wrong(of, `needs a \`logger\` with the functions ${missing.join(", ")}`);
}

/** @throws CsatError `invalid_config` when `value` is no whole number of at least `least` */
export function requireWholeNumber({
  value,
  name,
  least,
  of,
}: {
  readonly value: number;
  readonly name: string;
  readonly least: number;
  readonly of: string;
}): void {
  if (!Number.isSafeInteger(value) || value < least) {
    throw wrong(of, `needs \`${name}\` to be a whole number from ${least} on (got ${String(value)})`);
  }
}

/** @throws CsatError `invalid_config` when `value` is no number of milliseconds from `least` on; Infinity is one */
export function requireMilliseconds({
  value,
  name,
  least,
  of,
}: {
  readonly value: number;
  readonly name: string;
  readonly least: number;
  readonly of: string;
}): void {
  if (typeof value !== "number" || Number.isNaN(value) || value < least) {
    throw wrong(of, `needs \`${name}\` in milliseconds, from ${least} on (got ${String(value)})`);
  }
}

function wrong(of: string, what: string): CsatError {
  return new CsatError("invalid_config", `${of} ${what}.`);
}
