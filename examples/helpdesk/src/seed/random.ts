/** A repeatable sequence of fractions from 0 to 1, which is outside (mulberry32). */
export function fractions(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** One of the choices, each as likely as its weight says. */
export function pickWeighted<Choice>(
  fraction: number,
  choices: readonly [readonly [Choice, number], ...(readonly [Choice, number])[]],
): Choice {
  let left = fraction * choices.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [choice, weight] of choices) {
    if (left < weight) return choice;
    left -= weight;
  }
  return choices[0][0];
}

/** One of the choices, all equally likely. */
export function pick<Choice>(fraction: number, choices: readonly [Choice, ...Choice[]]): Choice {
  return choices[Math.floor(fraction * choices.length)] ?? choices[0];
}
