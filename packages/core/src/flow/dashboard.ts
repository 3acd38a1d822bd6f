import { assemble } from "../metrics/assemble.ts";
import type { Metrics, MetricsFilter } from "../metrics/metrics.ts";
import { type AnalyticsQuery, checkQuery } from "./analytics-query.ts";
import type { Context } from "./context.ts";
import { errorName } from "./wake-up.ts";

/** The figures of a workspace's page. A host that cannot name its operators costs names alone. @throws CsatError `invalid_input`, `storage_failed` */
export async function getMetrics<Tx>(
  context: Context<Tx>,
  asked: AnalyticsQuery<MetricsFilter>,
): Promise<Metrics> {
  const { workspaceId, windows, narrowed } = checkQuery(context, asked);
  const { resolvedBy } = narrowed;
  const counts = await context.storage.metrics.read({
    workspaceId,
    ...windows,
    ...(resolvedBy === undefined ? {} : { resolvedBy }),
  });
  const operatorIds = [...new Set(counts.resolvers.flatMap(({ actorId }) => actorId ?? []))];
  return assemble({ windows, counts, names: await namesOf(context, { workspaceId, operatorIds }) });
}

async function namesOf<Tx>(
  { tickets, logger }: Context<Tx>,
  { workspaceId, operatorIds }: { readonly workspaceId: string; readonly operatorIds: readonly string[] },
): Promise<ReadonlyMap<string, string>> {
  if (tickets.getOperators === undefined || operatorIds.length === 0) return new Map();
  try {
    const operators = await tickets.getOperators(workspaceId, operatorIds);
    return new Map(operators.map(({ id, name }) => [id, name]));
  } catch (error) {
    logger.warn(
      { workspaceId, operators: operatorIds.length, cause: errorName(error) },
      "the host could not name the operators; ids are shown",
    );
    return new Map();
  }
}
