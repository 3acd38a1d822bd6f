const sizes = ["usual", "full"] as const;

/**
 * The value for the size of this run: `usual` holds every rule at a size that fits into `npm test`, `full` at the size
 * that the rule promises. `CSAT_TEST_SIZE=full` chooses the latter; see CONTRIBUTING.md.
 * @throws Error when `CSAT_TEST_SIZE` is neither
 */
export function sized<Value>(values: Readonly<Record<(typeof sizes)[number], Value>>): Value {
  const given = process.env.CSAT_TEST_SIZE ?? "usual";
  const size = sizes.find((name) => name === given);
  if (size === undefined) {
    throw new Error(`CSAT_TEST_SIZE must be ${sizes.join(" or ")} (got "${given}").`);
  }
  return values[size];
}
