/** The middle of the measurements, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const [upper, lower] = [sorted[middle] ?? Number.NaN, sorted[middle - 1] ?? Number.NaN];
  return sorted.length % 2 === 1 ? upper : (upper + lower) / 2;
}

/** The milliseconds that `work` takes. */
export async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
  const begunAt = performance.now();
  await work();
  return performance.now() - begunAt;
}

/** Runs each way in turn, `rounds` times, after one turn that does not count; the median of each, in their order. */
export async function alternating(
  rounds: number,
  ways: readonly (() => Promise<number>)[],
): Promise<readonly number[]> {
  const measured = ways.map((): number[] => []);
  for (let round = 0; round <= rounds; round++) {
    for (const [index, way] of ways.entries()) {
      const value = await way();
      if (round > 0) measured[index]?.push(value);
    }
  }
  return measured.map(median);
}
