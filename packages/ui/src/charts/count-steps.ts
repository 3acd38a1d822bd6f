/** The distance of the four lines above zero that hold `largest`: 1, 2, 5, 10, 20, 25, 50 and so on. */
export function countStep(largest: number): number {
  const atLeast = Math.max(1, largest / 4);
  const power = 10 ** Math.floor(Math.log10(atLeast));
  const step = [1, 2, 2.5, 5, 10].find(
    (factor) => Number.isInteger(factor * power) && factor * power >= atLeast,
  );
  return (step ?? 10) * power;
}
