import {
  type CsvDelimiter,
  csvDelimiters,
  type ExportedResponse,
  type RangeInput,
  type ResponsesCsv,
  responsesCsv,
} from "@csat/core";
import { inTermsOfQuery, rangeOf, ratingOf, resolverOf, whereOf } from "./analytics-query.ts";
import type { OperatorCall } from "./call.ts";
import { flag, refuseQuery, single } from "./query.ts";
import { apiHeaders } from "./security-headers.ts";

// A chunk of some 20 kB. Nothing is read ahead of the client but this and the core's page.
const rowsPerChunk = 100;

/**
 * GET /api/analytics/responses.csv — all answers of the range, newest first, streamed: rows are read as fast as the client
 * takes them and no longer than it listens. `?bom` puts the mark first by which spreadsheets know UTF-8, `?delimiter=;`
 * a semicolon between cells. The first read is made before the answer begins, so that a database that fails is a 500;
 * one that fails later breaks the download off.
 */
export async function downloadResponses({ csat, principal, url, report }: OperatorCall): Promise<Response> {
  const [range, filter] = [rangeOf(url), { ...resolverOf(url), ...whereOf(url), ...ratingOf(url) }];
  const csv = responsesCsv({
    delimiter: delimiterOf(url),
    withMark: flag(url, "bom"),
    slicedBy: csat.slicedBy ?? [],
  });
  const rows = await inTermsOfQuery(() =>
    csat.exportResponses(principal.workspaceId, range, filter)[Symbol.asyncIterator](),
  );
  const first = await rows.next();
  return new Response(stream({ rows, first, csv, report }), {
    headers: {
      ...apiHeaders,
      "content-type": "text/csv; charset=utf-8; header=present",
      "content-disposition": `attachment; filename="${fileName(range)}"`,
    },
  });
}

interface Export {
  readonly rows: AsyncIterator<ExportedResponse>;
  readonly first: IteratorResult<ExportedResponse>;
  readonly csv: ResponsesCsv;
  report(error: unknown): void;
}

function stream({ rows, first, csv, report }: Export): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let text = csv.start;
  let next = first;
  let isLeft = false;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const chunk: ExportedResponse[] = [];
          while (next.done !== true && chunk.length < rowsPerChunk) {
            chunk.push(next.value);
            next = await rows.next();
          }
          if (isLeft) return;
          text += csv.lines(chunk);
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

/** @throws CsatError `invalid_input` */
function delimiterOf(url: URL): CsvDelimiter {
  const given = single(url, "delimiter");
  if (given === null) return ",";
  const delimiter = csvDelimiters.find((known) => known === given);
  if (delimiter === undefined) throw refuseQuery("delimiter", `must be one of ${csvDelimiters.join(" ")}`);
  return delimiter;
}

// Only ranges that the core took come here: digits and hyphens.
function fileName(range: RangeInput = { days: 30 }): string {
  const span = "days" in range ? `${range.days}-days` : `${range.from}-to-${range.to}`;
  return `csat-responses-${span}.csv`;
}
