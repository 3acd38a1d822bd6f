import type { ResponseFilter } from "../csat.ts";
import type { Page, PageRequest, ResponseRow } from "../ports/store/lists.ts";
import { type AnalyticsQuery, checkQuery } from "./analytics-query.ts";
import type { Context } from "./context.ts";
import { storageCursor, withCheckedCursor } from "./page-cursor.ts";

/** Single answers, newest first. @throws CsatError `invalid_input`, `storage_failed` */
export async function listResponses<Tx>(
  context: Context<Tx>,
  asked: AnalyticsQuery<ResponseFilter & Partial<PageRequest>>,
): Promise<Page<ResponseRow>> {
  const { workspaceId, windows, narrowed, cursor, limit } = checkQuery(context, asked);
  const list = { name: "responses", workspaceId } as const;
  const page = await context.storage.lists.answers({
    workspaceId,
    window: windows.current,
    ...narrowed,
    cursor: await storageCursor(list, cursor),
    limit,
  });
  return await withCheckedCursor(list, page);
}
