/**
 * Orders two strings by Unicode code points, as Postgres does under collation "C" in UTF-8. `<` alone orders by
 * UTF-16 units, which differs beyond U+FFFF. Negative, 0 or positive, for `Array.sort`.
 */
export function compareText(one: string, other: string): number {
  if (one === other) return 0;
  const length = Math.min(one.length, other.length);
  for (let index = 0; index < length; index++) {
    const left = one.charCodeAt(index);
    const right = other.charCodeAt(index);
    if (left !== right) return rank(left) - rank(right);
  }
  return one.length - other.length;
}

/** Surrogates stand for code points above all others, though their units lie below U+E000. */
function rank(unit: number): number {
  if (unit >= 0xe000) return unit - 0x800;
  return unit >= 0xd800 ? unit + 0x2000 : unit;
}

/**
 * The least text behind all that begin with `prefix`, by code points: they are those from `prefix` on that come before it.
 * Null where nothing is behind them, as for "". It looks names up in an index where a pattern would be read as one.
 */
export function beyondPrefix(prefix: string): string | null {
  const points = Array.from(prefix, (character) => character.codePointAt(0) ?? 0);
  while (points.at(-1) === 0x10ffff) points.pop();
  const last = points.pop();
  if (last === undefined) return null;
  // Surrogates are no code points.
  return String.fromCodePoint(...points, last === 0xd7ff ? 0xe000 : last + 1);
}
