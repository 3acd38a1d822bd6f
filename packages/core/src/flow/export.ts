import type { ExportedResponse, ResponseFilter } from "../for-operators.ts";
import { type AnalyticsQuery, checkQuery } from "./analytics-query.ts";
import type { Context } from "./context.ts";
import { withNames } from "./responses.ts";

// One read holds a database's snapshot for its own time alone: an export that takes minutes hinders nobody.
// More at a time were no faster.
const rowsPerRead = 100;

/**
 * All responses of a range, excluded ones included and marked, newest first, in one short read per 100 rows, each begun when the one before is used up.
 * The host names the operators of each read; one that cannot costs their names alone.
 * A loop that ends early reads no more; each loop starts anew. Answers that come while it runs may be missing.
 * @throws CsatError `invalid_input`, at once; `storage_failed` while reading
 */
export function exportResponses<Tx>(
  context: Context<Tx>,
  asked: AnalyticsQuery<ResponseFilter>,
): AsyncIterable<ExportedResponse> {
  const { workspaceId, windows, narrowed, slice } = checkQuery(context, asked);
  const { lists } = context.storage;
  return {
    async *[Symbol.asyncIterator]() {
      let cursor: string | null = null;
      do {
        const page = await lists.answers({
          workspaceId,
          window: windows.current,
          ...narrowed,
          withExcluded: true,
          ...(slice === null ? {} : { slice }),
          cursor,
          limit: rowsPerRead,
        });
        yield* await withNames(context, workspaceId, page.items);
        cursor = page.nextCursor;
      } while (cursor !== null);
    },
  };
}
