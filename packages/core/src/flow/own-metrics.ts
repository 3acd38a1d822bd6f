import { assembleWhole } from "../metrics/assemble.ts";
import type { RangeInput } from "../metrics/metrics.ts";
import { weeklyTrend } from "../metrics/weekly-trend.ts";
import type { OwnMetrics } from "../own-metrics.ts";
import { checkedCounts } from "../ports/store/counts.ts";
import { checkQuery } from "./analytics-query.ts";
import type { Context } from "./context.ts";
import { idSchema, validate } from "./validate.ts";

/** The figures of one operator's tickets. Null is refused: it would be everybody's that nobody resolved. @throws CsatError `invalid_input`, `storage_failed` */
export async function getOwnMetrics<Tx>(
  context: Context<Tx>,
  {
    workspaceId,
    operatorId,
    range,
  }: {
    readonly workspaceId: string;
    readonly operatorId: string;
    readonly range: RangeInput | undefined;
  },
): Promise<OwnMetrics> {
  validate({ schema: idSchema, value: operatorId, where: "The operator id is invalid" });
  const { windows } = checkQuery(context, { workspaceId, range, query: {} });
  const counts = checkedCounts(
    await context.storage.counts({ workspaceId, ...windows, resolvedBy: operatorId }),
  );
  return { ...assembleWhole(windows, counts), weekly: weeklyTrend(windows.current, counts) };
}
