import { inTermsOfQuery, pageOf, rangeOf, ratingOf, resolverOf } from "./analytics-query.ts";
import { answerWith, answerWithMore, type OperatorAnswer, type OperatorCall } from "./call.ts";

const cardsOnDashboard = 10;

/** GET /api/analytics — every figure of a page, of `?days=` or `?from=&to=`, of all or of one resolver. */
export async function showMetrics({ csat, principal, url }: OperatorCall): Promise<OperatorAnswer> {
  const [range, filter] = [rangeOf(url), resolverOf(url)];
  const { workspaceId } = principal;
  const metrics = await inTermsOfQuery(() => csat.getMetrics(workspaceId, range, filter));
  return answerWithMore("analytics", metrics, async () => ({
    metrics,
    lowRatings: await csat.listLowRatings(workspaceId, range, { ...filter, limit: cardsOnDashboard }),
  }));
}

/** GET /api/analytics/low-ratings — answers of 1 and 2, newest first, with whoever has the ticket now. */
export async function showLowRatings({ csat, principal, url }: OperatorCall): Promise<OperatorAnswer> {
  const [range, page] = [rangeOf(url), { ...resolverOf(url), ...pageOf(url) }];
  return answerWith(
    "low-ratings",
    await inTermsOfQuery(() => csat.listLowRatings(principal.workspaceId, range, page)),
  );
}

/** GET /api/analytics/responses — single answers, newest first. */
export async function showResponses({ csat, principal, url }: OperatorCall): Promise<OperatorAnswer> {
  const [range, query] = [rangeOf(url), { ...resolverOf(url), ...ratingOf(url), ...pageOf(url) }];
  return answerWith(
    "responses",
    await inTermsOfQuery(() => csat.listResponses(principal.workspaceId, range, query)),
  );
}
