import type { Metrics, MetricsFilter } from "@csat/core";
import {
  attributeOf,
  inTermsOfQuery,
  pageOf,
  rangeOf,
  ratingOf,
  resolverOf,
  whereOf,
} from "./analytics-query.ts";
import { answerWithMore, type OperatorAnswer, type OperatorCall } from "./call.ts";

const cardsOnDashboard = 10;

/** GET /api/analytics — every figure of a page, of `?days=` or `?from=&to=`, of all, of one resolver or of one value; `?by=` sets the values of an attribute side by side. */
export async function showMetrics({
  csat,
  principal,
  url,
  mayExclude,
}: OperatorCall): Promise<OperatorAnswer> {
  const [range, filter] = [rangeOf(url), { ...resolverOf(url), ...whereOf(url) }];
  const { workspaceId } = principal;
  const metrics = await inTermsOfQuery(() =>
    csat.getMetrics(workspaceId, range, { ...filter, ...attributeOf(url) }),
  );
  return answerWithMore("analytics", metrics, async () => {
    const name = await resolverName({ csat, principal }, filter, namesIn(metrics.byResolver));
    const lowRatings = await csat.listLowRatings(workspaceId, range, { ...filter, limit: cardsOnDashboard });
    const shown = lowRatings.items.map(({ response }) => response);
    return {
      metrics,
      slicedBy: csat.slicedBy ?? [],
      resolverName: name,
      lowRatings,
      mayExclude: await mayExcludeOf(shown, { url, mayExclude }),
    };
  });
}

/** GET /api/analytics/low-ratings — answers of 1 and 2, newest first, with whoever has the ticket now. */
export async function showLowRatings({
  csat,
  principal,
  url,
  mayExclude,
}: OperatorCall): Promise<OperatorAnswer> {
  const [range, filter] = [rangeOf(url), { ...resolverOf(url), ...whereOf(url) }];
  const asked = { ...filter, ...pageOf(url) };
  const page = await inTermsOfQuery(() => csat.listLowRatings(principal.workspaceId, range, asked));
  const shown = page.items.map(({ response }) => response);
  return answerWithMore("low-ratings", page, async () => ({
    ...page,
    mayExclude: await mayExcludeOf(shown, { url, mayExclude }),
    resolverName: await resolverName({ csat, principal }, filter, []),
  }));
}

/** GET /api/analytics/responses — single answers, newest first. */
export async function showResponses({
  csat,
  principal,
  url,
  mayExclude,
}: OperatorCall): Promise<OperatorAnswer> {
  const [range, filter] = [rangeOf(url), { ...resolverOf(url), ...whereOf(url) }];
  const asked = { ...filter, ...ratingOf(url), ...pageOf(url) };
  const page = await inTermsOfQuery(() => csat.listResponses(principal.workspaceId, range, asked));
  const named = page.items.map(({ resolvedBy, resolvedByName }) => ({
    id: resolvedBy,
    name: resolvedByName,
  }));
  return answerWithMore("responses", page, async () => ({
    ...page,
    mayExclude: await mayExcludeOf(page.items, { url, mayExclude }),
    resolverName: await resolverName({ csat, principal }, filter, named),
  }));
}

/**
 * Of a list the host is asked once, about the ticket whose answer was just excluded, else that of its first answer. Each
 * exclusion is asked about again.
 */
async function mayExcludeOf(
  [first]: readonly { readonly ticketId: string }[],
  { url, mayExclude }: Pick<OperatorCall, "url" | "mayExclude">,
): Promise<boolean> {
  const ticketId = url.searchParams.get("excluded") ?? first?.ticketId;
  return ticketId !== undefined && (await mayExclude(ticketId));
}

interface Named {
  readonly id: string | null;
  readonly name: string | null;
}

function namesIn(figures: Metrics["byResolver"]): readonly Named[] {
  return figures.map(({ actorId, name }) => ({ id: actorId, name }));
}

/** The name of the operator asked for: the host was asked for it where `known` has an entry of theirs. */
async function resolverName(
  { csat, principal }: Pick<OperatorCall, "csat" | "principal">,
  { resolvedBy = null }: MetricsFilter,
  known: readonly Named[],
): Promise<string | null> {
  if (resolvedBy === null) return null;
  const found = known.find(({ id }) => id === resolvedBy);
  if (found !== undefined) return found.name;
  return (await csat.nameOperators(principal.workspaceId, [resolvedBy])).get(resolvedBy) ?? null;
}
