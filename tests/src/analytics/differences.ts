// Sums of rounded fractions differ in their last digits, depending on the order of computing.
const tolerance = 1e-9;

/** Where `actual` is not as `expected`, as sentences. Fields that only `actual` has are its own affair. */
export function differences(actual: unknown, expected: unknown, path = ""): readonly string[] {
  if (expected instanceof Date || expected === null || typeof expected !== "object") {
    return isSame(actual, expected) ? [] : [`${path}: ${shown(actual)} instead of ${shown(expected)}`];
  }
  if (actual === null || typeof actual !== "object")
    return [`${path}: ${shown(actual)} instead of an object`];
  const found: string[] = [];
  if (Array.isArray(expected) && (!Array.isArray(actual) || actual.length !== expected.length)) {
    found.push(`${path}: ${shown(actual)} instead of ${shown(expected)}`);
    return found;
  }
  const fields = new Map<string, unknown>(Object.entries(actual));
  for (const [name, value] of Object.entries(expected)) {
    found.push(...differences(fields.get(name), value, `${path}.${name}`));
  }
  return found;
}

function isSame(actual: unknown, expected: unknown): boolean {
  if (typeof actual === "number" && typeof expected === "number")
    return Math.abs(actual - expected) <= tolerance;
  if (actual instanceof Date && expected instanceof Date) return actual.getTime() === expected.getTime();
  return actual === expected;
}

function shown(value: unknown): string {
  return JSON.stringify(value) ?? String(value);
}
