import { assemble, inside } from "../metrics/assemble.ts";
import { byChannel } from "../metrics/by-channel.ts";
import type { Metrics, MetricsFilter } from "../metrics/metrics.ts";
import { notAskedFigures, samplingIn } from "../metrics/not-asked.ts";
import { channelPart, notAskedPart } from "../policy/transition/consequences.ts";
import { checkedCounts } from "../ports/store/counts.ts";
import { emailChannel } from "../survey/destination.ts";
import { type AnalyticsQuery, checkQuery } from "./analytics-query.ts";
import type { Context } from "./context.ts";
import { operatorNames } from "./operator-names.ts";
import { workspaceKey, workspaceOf } from "./workspace-settings.ts";

/** The figures of a workspace's page. A host that cannot name its operators costs names alone. @throws CsatError `invalid_input`, `storage_failed` */
export async function getMetrics<Tx>(
  context: Context<Tx>,
  asked: AnalyticsQuery<MetricsFilter>,
): Promise<Metrics> {
  const { workspaceId, windows, narrowed } = checkQuery(context, asked);
  const { resolvedBy } = narrowed;
  const { storage } = context;
  const counts = checkedCounts(
    await storage.counts({
      workspaceId,
      ...windows,
      ...(resolvedBy === undefined ? {} : { resolvedBy }),
    }),
  );
  const noes =
    resolvedBy === undefined
      ? await storage.parts({ workspaceId, window: windows.current, prefix: notAskedPart })
      : null;
  const narrowing = resolvedBy === undefined ? {} : { resolvedBy };
  const inChannels = await storage.parts({
    workspaceId,
    window: windows.current,
    prefix: channelPart,
    ...narrowing,
  });
  const [workspace = null] = await storage.auto.read([workspaceKey(workspaceId)]);
  const operatorIds = counts.resolvers.map(({ actorId }) => actorId);
  return assemble({
    windows,
    counts,
    names: await operatorNames(context, { workspaceId, operatorIds }),
    byChannel: byChannel({
      parts: inChannels,
      whole: { sent: inside(windows.current, counts.sent), ratings: inside(windows.current, counts.ratings) },
      prefix: channelPart,
      mail: emailChannel,
    }),
    notAsked: noes === null ? null : notAskedFigures(noes, notAskedPart),
    sampling: samplingIn(windows.current, workspaceOf(workspace).samples),
  });
}
