import type { ExportedResponse, LowRatingCard, ResponseFilter } from "./for-operators.ts";
import type { Metrics, MetricsChoice, MetricsFilter, RangeInput } from "./metrics/metrics.ts";
import type { Page } from "./ports/store/lists.ts";

/** What was answered: figures, lists and the export, of one workspace. */
export interface Analytics {
  /** The attributes by which figures can be cut, as `createCsat` was told. */
  readonly slicedBy: readonly string[];
  /**
   * The figures of an analytics page, by default of `{ days: 30 }`. A host that cannot name its operators costs their
   * names, never a number.
   * @throws CsatError `invalid_input`, whose issues name `days`, `from`, `to`, `resolvedBy`, `where` or `by`; `storage_failed`
   */
  getMetrics(workspaceId: string, range?: RangeInput, choice?: MetricsChoice): Promise<Metrics>;
  /**
   * Rated 1 or 2, newest first, 50 a page (`limit` up to 200), with the ticket's current subject, link and assignee;
   * those are null for a deleted ticket and while the host cannot tell.
   * @throws CsatError `invalid_input`, `storage_failed`
   */
  listLowRatings(
    workspaceId: string,
    range?: RangeInput,
    page?: MetricsFilter & { readonly cursor?: string; readonly limit?: number },
  ): Promise<Page<LowRatingCard>>;
  /** Single answers behind a bar, a day or an operator, newest first, 50 a page (`limit` up to 200). @throws CsatError `invalid_input`, `storage_failed` */
  listResponses(
    workspaceId: string,
    range?: RangeInput,
    query?: ResponseFilter & { readonly cursor?: string; readonly limit?: number },
  ): Promise<Page<ExportedResponse>>;
  /**
   * One row per response, excluded ones marked, newest first, in short reads of at most 100 rows, each when the one before is used up; memory
   * does not grow with the rows, and ending the loop early reads no more. Each loop starts anew. `responsesCsv` writes
   * them as CSV.
   * @throws CsatError `invalid_input`, at once; `storage_failed` while reading
   */
  exportResponses(
    workspaceId: string,
    range?: RangeInput,
    filter?: ResponseFilter,
  ): AsyncIterable<ExportedResponse>;
}
