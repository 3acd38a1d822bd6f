import type { MetricsCounts } from "../ports/store/counts.ts";
import { groupBy } from "./group-by.ts";
import { averageInterval } from "./intervals.ts";
import type { Metrics, ResolverFigures, Standing } from "./metrics.ts";
import { inOrder } from "./standings.ts";
import { type Distribution, distributionOf, sumOf, totalOf } from "./tally.ts";

/** The operators table in the order that its answers can carry, Unattributed last. `names` may lack any of them. */
export function byResolver(
  resolvers: MetricsCounts["resolvers"],
  names: ReadonlyMap<string, string>,
): Pick<Metrics, "byResolver" | "resolverRankability"> {
  const all = Array.from(
    groupBy(resolvers, ({ actorId }) => actorId),
    ([actorId, rows]) => ({
      actorId,
      distribution: distributionOf(rows),
    }),
  )
    // A count that fell back to zero is no operator of this window.
    .filter(({ distribution }) => totalOf(distribution) > 0);
  const { rankability, groups } = inOrder(
    all.flatMap(({ actorId, distribution }) =>
      // The id stands for a name where there is none, here as on pages.
      actorId === null ? [] : [{ actorId, name: names.get(actorId) ?? actorId, distribution }],
    ),
  );
  const operators = groups.map(({ actorId, distribution, ...standing }) =>
    figuresOf({ actorId, distribution }, names.get(actorId) ?? null, standing),
  );
  const nobody = all
    .filter(({ actorId }) => actorId === null)
    .map((group) => figuresOf(group, null, { estimate: null, estimateInterval: null, place: null }));
  return { byResolver: [...operators, ...nobody], resolverRankability: rankability };
}

function figuresOf(
  { actorId, distribution }: { readonly actorId: string | null; readonly distribution: Distribution },
  name: string | null,
  { estimate, estimateInterval, place }: Standing,
): ResolverFigures {
  const responses = totalOf(distribution);
  return {
    actorId,
    name,
    responses,
    averageRating: sumOf(distribution) / responses,
    averageRatingInterval: averageInterval(distribution),
    estimate,
    estimateInterval,
    place,
  };
}
