import type { RangeInput, ResponseRow } from "@csat/core";
import { inTermsOfQuery, rangeOf, ratingOf, resolverOf } from "./analytics-query.ts";
import type { OperatorCall } from "./call.ts";
import { csvHeader, csvLines } from "./csv.ts";
import { flag } from "./query.ts";
import { apiHeaders } from "./security-headers.ts";

// A chunk of some 20 kB. Nothing is read ahead of the client but this and the core's page.
const rowsPerChunk = 100;
const byteOrderMark = "\uFEFF";

/**
 * GET /api/analytics/responses.csv — all answers of the range, newest first, streamed: rows are read as fast as the client
 * takes them and no longer than it listens. `?bom` puts the mark first by which spreadsheets know UTF-8. The first read
 * is made before the answer begins, so that a database that fails is a 500; one that fails later breaks the download off.
 */
export async function downloadResponses({ csat, principal, url, report }: OperatorCall): Promise<Response> {
  const [range, filter] = [rangeOf(url), { ...resolverOf(url), ...ratingOf(url) }];
  const mark = flag(url, "bom") ? byteOrderMark : "";
  const rows = await inTermsOfQuery(() =>
    csat.exportResponses(principal.workspaceId, range, filter)[Symbol.asyncIterator](),
  );
  const first = await rows.next();
  return new Response(stream({ rows, first, start: mark + csvHeader, report }), {
    headers: {
      ...apiHeaders,
      "content-type": "text/csv; charset=utf-8; header=present",
      "content-disposition": `attachment; filename="${fileName(range)}"`,
    },
  });
}

interface Export {
  readonly rows: AsyncIterator<ResponseRow>;
  readonly first: IteratorResult<ResponseRow>;
  /** What stands before the rows. */
  readonly start: string;
  report(error: unknown): void;
}

function stream({ rows, first, start, report }: Export): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let text = start;
  let next = first;
  let isLeft = false;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const chunk: ResponseRow[] = [];
          while (next.done !== true && chunk.length < rowsPerChunk) {
            chunk.push(next.value);
            next = await rows.next();
          }
          if (isLeft) return;
          text += csvLines(chunk);
          // Never empty: the header goes with the first chunk, and a later one has a row.
          controller.enqueue(encoder.encode(text));
          text = "";
          if (next.done === true) controller.close();
        } catch (error) {
          report(error);
          // Whoever downloads must see that something is missing; why is for the log.
          controller.error(new Error("The export broke off."));
        }
      },
      async cancel() {
        isLeft = true;
        await rows.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}

// Only ranges that the core took come here: digits and hyphens.
function fileName(range: RangeInput = { days: 30 }): string {
  const span = "days" in range ? `${range.days}-days` : `${range.from}-to-${range.to}`;
  return `csat-responses-${span}.csv`;
}
