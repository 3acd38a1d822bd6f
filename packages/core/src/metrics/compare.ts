import type { MetricsDelta, PeriodSummary } from "./metrics.ts";
import { type Share, twoShareTest, welchTest } from "./noise-tests.ts";
import { type Distribution, satisfiedOf, sumOf, totalOf } from "./tally.ts";

/**
 * What changed since the previous window. Differences are taken between fractions of integers and divided once: the step
 * from 20 % to 30 % is 10 points, not 9.999999999999998.
 */
export function compare(current: PeriodSummary, previous: PeriodSummary): MetricsDelta {
  const [rates, previousRates] = [ratesOf(current), ratesOf(previous)];
  return {
    averageRating: difference(averageOf(current.distribution), averageOf(previous.distribution)),
    responseRate: difference(inPoints(rates.response), inPoints(previousRates.response)),
    satisfiedShare: difference(inPoints(rates.satisfied), inPoints(previousRates.satisfied)),
    responses: current.responses - previous.responses,
    tests: {
      averageRating: welchTest(current.distribution, previous.distribution),
      responseRate: twoShareTest(rates.response, previousRates.response),
      satisfiedShare: twoShareTest(rates.satisfied, previousRates.satisfied),
    },
  };
}

function ratesOf({ responses, sent, distribution }: PeriodSummary) {
  return {
    response: { count: responses, of: sent },
    satisfied: { count: satisfiedOf(distribution), of: responses },
  };
}

function averageOf(distribution: Distribution): Share {
  return { count: sumOf(distribution), of: totalOf(distribution) };
}

function inPoints({ count, of }: Share): Share {
  return { count: 100 * count, of };
}

function difference(one: Share, other: Share): number | null {
  if (one.of === 0 || other.of === 0) return null;
  return (one.count * other.of - other.count * one.of) / (one.of * other.of);
}
