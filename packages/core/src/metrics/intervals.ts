import type { Interval } from "./metrics.ts";
import { z95 } from "./normal.ts";
import { criticalT } from "./student-t.ts";
import { type Distribution, type Sample, sampleOf } from "./tally.ts";

/**
 * The 95 % interval of a proportion by Wilson's score, without continuity correction (E. B. Wilson, J. Am. Stat. Assoc.
 * 22, 1927; method 3 of R. G. Newcombe, Stat. Med. 17, 1998). Null when `of` is 0, and when `count` exceeds it: then
 * the quotient is no proportion.
 */
export function wilsonInterval(count: number, of: number): Interval | null {
  if (of === 0 || count > of) return null;
  const share = count / of;
  const square = z95 * z95;
  const middle = share + square / (2 * of);
  const reach = z95 * Math.sqrt((share * (1 - share)) / of + square / (4 * of * of));
  const whole = 1 + square / of;
  return {
    // The ends are exact where nobody, or everybody, did it; rounding would leave a trace below 0 or above 1.
    low: count === 0 ? 0 : (middle - reach) / whole,
    high: count === of ? 1 : (middle + reach) / whole,
  };
}

/**
 * The 95 % interval of a mean: mean ± t × √(variance ÷ n), t being Student's for n − 1 degrees of freedom
 * (NIST/SEMATECH e-Handbook, 1.3.5.2).
 */
export function meanInterval({ average, variance, total }: Sample): Interval {
  const reach = criticalT(0.05, total - 1) * Math.sqrt(variance / total);
  return { low: average - reach, high: average + reach };
}

/**
 * The interval of a mean rating, cut at 1 and 5, which no mean of ratings can pass. Null below two responses, and when
 * all are alike: the formula would then claim certainty.
 */
export function averageInterval(distribution: Distribution): Interval | null {
  const sample = sampleOf(distribution);
  if (sample === null || sample.variance === 0) return null;
  const { low, high } = meanInterval(sample);
  return { low: Math.max(1, low), high: Math.min(5, high) };
}
