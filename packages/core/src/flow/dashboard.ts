import { assemble } from "../metrics/assemble.ts";
import type { Metrics, MetricsFilter } from "../metrics/metrics.ts";
import { checkedCounts } from "../ports/store/counts.ts";
import { type AnalyticsQuery, checkQuery } from "./analytics-query.ts";
import type { Context } from "./context.ts";
import { operatorNames } from "./operator-names.ts";

/** The figures of a workspace's page. A host that cannot name its operators costs names alone. @throws CsatError `invalid_input`, `storage_failed` */
export async function getMetrics<Tx>(
  context: Context<Tx>,
  asked: AnalyticsQuery<MetricsFilter>,
): Promise<Metrics> {
  const { workspaceId, windows, narrowed } = checkQuery(context, asked);
  const { resolvedBy } = narrowed;
  const counts = checkedCounts(
    await context.storage.counts({
      workspaceId,
      ...windows,
      ...(resolvedBy === undefined ? {} : { resolvedBy }),
    }),
  );
  const operatorIds = counts.resolvers.map(({ actorId }) => actorId);
  return assemble({ windows, counts, names: await operatorNames(context, { workspaceId, operatorIds }) });
}
