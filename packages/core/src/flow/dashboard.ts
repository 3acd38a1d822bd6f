import { assemble, inside } from "../metrics/assemble.ts";
import { byChannel } from "../metrics/by-channel.ts";
import { bySlice } from "../metrics/by-slice.ts";
import type { Metrics, MetricsChoice } from "../metrics/metrics.ts";
import { notAskedFigures, samplingIn } from "../metrics/not-asked.ts";
import { channelPart, notAskedPart, slicePart } from "../policy/transition/consequences.ts";
import { checkedCounts, type PartsQuery } from "../ports/store/counts.ts";
import { emailChannel } from "../survey/destination.ts";
import { type AnalyticsQuery, checkQuery } from "./analytics-query.ts";
import type { Context } from "./context.ts";
import { operatorNames } from "./operator-names.ts";
import { workspaceKey, workspaceOf } from "./workspace-settings.ts";

/** The figures of a workspace's page. A host that cannot name its operators costs names alone. @throws CsatError `invalid_input`, `storage_failed` */
export async function getMetrics<Tx>(
  context: Context<Tx>,
  asked: AnalyticsQuery<MetricsChoice>,
): Promise<Metrics> {
  const { workspaceId, windows, narrowed, slice, by } = checkQuery(context, asked);
  const { resolvedBy } = narrowed;
  const { storage } = context;
  const narrowing = resolvedBy === undefined ? {} : { resolvedBy };
  const partsOf = (prefix: string, days: Pick<PartsQuery, "daysAddedUp"> = {}) =>
    storage.parts({ workspaceId, window: windows.current, prefix, ...narrowing, ...days });
  // Before the whole, so that no answer that comes meanwhile is one of a value and not of the whole.
  const valuesOf = by === null ? null : `${slicePart}${by}=`;
  const inSlices = valuesOf === null ? [] : await partsOf(valuesOf, { daysAddedUp: true });
  const counts = checkedCounts(
    await storage.counts({
      workspaceId,
      ...windows,
      ...narrowing,
      ...(slice === null ? {} : { part: `${slicePart}${slice}` }),
    }),
  );
  const isOfAll = resolvedBy === undefined && slice === null;
  const noes = isOfAll ? await partsOf(notAskedPart) : null;
  // Channels of one value are not counted.
  const inChannels = slice === null ? await partsOf(channelPart, { daysAddedUp: true }) : [];
  const [workspace = null] = await storage.auto.read([workspaceKey(workspaceId)]);
  const operatorIds = counts.resolvers.map(({ actorId }) => actorId);
  const whole = {
    sent: inside(windows.current, counts.sent),
    ratings: inside(windows.current, counts.ratings),
    cohortAnswered: counts.cohortAnswered,
  };
  return assemble({
    windows,
    counts,
    names: await operatorNames(context, { workspaceId, operatorIds }),
    bySlice:
      by === null || valuesOf === null
        ? null
        : bySlice({ attribute: by, parts: inSlices, whole, prefix: valuesOf }),
    byChannel: byChannel({ parts: inChannels, whole, prefix: channelPart, mail: emailChannel }),
    notAsked: noes === null ? null : notAskedFigures(noes, notAskedPart),
    sampling: samplingIn(windows.current, workspaceOf(workspace).samples),
  });
}
