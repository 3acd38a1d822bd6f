import type { ExportedResponse, ResponseFilter } from "../for-operators.ts";
import type { Page, PageRequest, ResponseRow } from "../ports/store/lists.ts";
import { type AnalyticsQuery, checkQuery } from "./analytics-query.ts";
import type { Context } from "./context.ts";
import { operatorNames } from "./operator-names.ts";
import { storageCursor, withCheckedCursor } from "./page-cursor.ts";

/** Single answers, newest first. @throws CsatError `invalid_input`, `storage_failed` */
export async function listResponses<Tx>(
  context: Context<Tx>,
  asked: AnalyticsQuery<ResponseFilter & Partial<PageRequest>>,
): Promise<Page<ExportedResponse>> {
  const { workspaceId, windows, narrowed, slice, cursor, limit } = checkQuery(context, asked);
  const list = { name: "responses", workspaceId } as const;
  const { items, nextCursor } = await context.storage.lists.answers({
    workspaceId,
    window: windows.current,
    ...narrowed,
    ...(slice === null ? {} : { slice }),
    cursor: await storageCursor(list, cursor),
    limit,
  });
  return await withCheckedCursor(list, { items: await withNames(context, workspaceId, items), nextCursor });
}

/** Answers with the names of whoever resolved their tickets first, asked for once. */
export async function withNames<Tx>(
  context: Context<Tx>,
  workspaceId: string,
  rows: readonly ResponseRow[],
): Promise<readonly ExportedResponse[]> {
  const names = await operatorNames(context, {
    workspaceId,
    operatorIds: rows.map(({ resolvedBy }) => resolvedBy),
  });
  return rows.map((row) => ({ ...row, resolvedByName: names.get(row.resolvedBy ?? "") ?? null }));
}
