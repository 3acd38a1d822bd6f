/**
 * The probability that a Student's t of `degrees` degrees of freedom (any number above 0, whole or not) lies farther
 * from 0 than `t`, on either side. Source: NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.6.4, and DLMF 8.17:
 * P(|T| > t) = I(degrees ÷ (degrees + t²); degrees ÷ 2, 1 ÷ 2), I being the regularized incomplete beta function.
 */
export function twoSidedTailOfT(t: number, degrees: number): number {
  return regularizedBeta({ x: degrees / (degrees + t * t), a: degrees / 2, b: 0.5 });
}

/**
 * The t that a Student's t of `degrees` degrees of freedom exceeds, on either side, with probability `tail`, 0 < tail < 1:
 * with 0.05 the factor of a 95 % interval. By Newton's method from 0: the tail is convex, so each step comes closer from
 * below, and the last one is the first that no longer grows. A page asks for one per operator.
 * NaN for what is no number of degrees above 0.
 */
export function criticalT(tail: number, degrees: number): number {
  let t = 0;
  for (;;) {
    const next = t + (twoSidedTailOfT(t, degrees) - tail) / (2 * densityOfT(t, degrees));
    // Asked so that a NaN ends it, too.
    if (!(next > t)) return Number.isNaN(next) ? next : t;
    t = next;
  }
}

// NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.6.4.
function densityOfT(t: number, degrees: number): number {
  const power = ((degrees + 1) / 2) * Math.log1p((t * t) / degrees);
  return Math.exp(logGamma((degrees + 1) / 2) - logGamma(degrees / 2) - power) / Math.sqrt(degrees * Math.PI);
}

interface Beta {
  readonly x: number;
  readonly a: number;
  readonly b: number;
}

// DLMF 8.17.4: mirrored where the continued fraction would converge slowly.
function regularizedBeta({ x, a, b }: Beta): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  if (x < (a + 1) / (a + b + 2)) return (front * betaFraction({ x, a, b })) / a;
  return 1 - (front * betaFraction({ x: 1 - x, a: b, b: a })) / b;
}

// The continued fraction DLMF 8.17.22, by Lentz's method as modified by Thompson and Barnett (J. Comput. Phys. 64, 1986).
// Where `regularizedBeta` asks for it no denominator comes near 0, so the method's guards against that are left out.
function betaFraction({ x, a, b }: Beta): number {
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1));
  let value = d;
  let step = 2;
  for (let m = 1; m <= mostSteps && Math.abs(step - 1) > 3e-15; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / (1 + even * d);
    c = 1 + even / c;
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + odd * d);
    c = 1 + odd / c;
    step = d * c;
    value *= step;
  }
  return value;
}

// Far more than any number of responses needs; it bounds the time, whatever is asked.
const mostSteps = 10_000;

// Lanczos' approximation (SIAM J. Numer. Anal. B 1, 1964) with g = 7 and nine coefficients, good to 15 digits above 1/2.
const lanczos = [
  676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
] as const;

function logGamma(x: number): number {
  const shifted = x - 1;
  const series = lanczos.reduce(
    (sum, coefficient, index) => sum + coefficient / (shifted + index + 1),
    0.9999999999998099,
  );
  const base = shifted + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(base) - base + Math.log(series);
}
