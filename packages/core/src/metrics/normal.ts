/** The z that a standard normal variable exceeds, on either side, in one case of twenty: the factor of 95 % intervals. */
export const z95 = 1.959963984540054;

/**
 * The probability that a standard normal variable lies farther from 0 than `z`, on either side: erfc(|z| ÷ √2).
 * By the Taylor series of erf (DLMF 7.6.2) where |z| ≤ 3, and the continued fraction of erfc (DLMF 7.9.3) beyond; both to
 * more than ten digits.
 */
export function twoSidedTailOfNormal(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  return Math.abs(z) <= 3 ? 1 - erf(x) : erfc(x);
}

// erf(x) = 2 ÷ √π × e^(−x²) × Σ 2ⁿ x^(2n + 1) ÷ (1 × 3 × … × (2n + 1)), whose terms are all positive.
function erf(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; term > sum * 1e-17; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

// erfc(x) = e^(−x²) ÷ √π × 1 ÷ (x + (1/2) ÷ (x + (2/2) ÷ (x + (3/2) ÷ …))), from the inside out.
function erfc(x: number): number {
  let inner = x;
  for (let k = 100; k >= 1; k--) inner = x + k / 2 / inner;
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * inner);
}
