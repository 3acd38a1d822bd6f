/**
 * Orders two strings by Unicode code points, as Postgres does under collation "C" in UTF-8. `<` alone orders by
 * UTF-16 units, which differs beyond U+FFFF. Negative, 0 or positive, for `Array.sort`.
 */
export function compareText(one: string, other: string): number {
  const left = Array.from(one);
  const right = Array.from(other);
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const difference = (left[index]?.codePointAt(0) ?? 0) - (right[index]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
