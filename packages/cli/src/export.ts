import { resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import {
  type CsvDelimiter,
  csvDelimiters,
  type ExportedResponse,
  type RangeInput,
  type ResponseFilter,
  type ResponsesCsv,
  ratings,
  responsesCsv,
} from "@csat/core";
import type { Command, GivenOptions } from "./command.ts";
import { exitCodes } from "./exit-code.ts";
import { plainText } from "./plain-text.ts";
import { progress } from "./progress.ts";
import { note, type Terminal } from "./terminal.ts";
import { usageError } from "./usage-error.ts";
import { writeNewFile } from "./write-new-file.ts";

/** Writes the answers of a workspace as CSV. */
export const exportAnswers: Command = {
  name: "export",
  argument: "WORKSPACE",
  summary: "write the answers of a workspace as CSV",
  details: [
    "Newest first, as /api/analytics/responses.csv of @csat/http. Cells that a spreadsheet would run are neutralised.",
    "Comments are personal data: keep the file accordingly. An export that breaks off leaves no file.",
    "On a screen, characters that a terminal obeys are shown as \\u001b and the like; files and pipes get them as written.",
  ],
  options: {
    out: {
      value: "FILE",
      help: "the file to write, which must not be there yet; by default standard output",
    },
    days: { value: "7|30|90", help: "the last days, today included; 30 by default" },
    from: { value: "DATE", help: "first day, YYYY-MM-DD in UTC; with --to" },
    to: { value: "DATE", help: "last day; with --from" },
    where: {
      value: "NAME:VALUE",
      help: "only tickets that had this value of an attribute when they were sent, as team:billing",
    },
    rating: { value: "1-5", help: "only this rating" },
    "resolved-by": { value: "ID", help: "only tickets that this operator resolved first" },
    unattributed: { help: "only tickets that nobody in particular resolved first" },
    delimiter: {
      value: "CHARACTER",
      help: "what stands between cells, a comma or a semicolon; a comma by default",
    },
    bom: { help: "begin with the mark by which spreadsheets know UTF-8" },
  },
  async run({ config, argument: workspaceId, options, terminal, folder }) {
    const rows = config.csat.exportResponses(workspaceId, rangeOf(options), filterOf(options));
    const out = options.text("out");
    // Rows on a screen show by themselves how far they are.
    const isOnScreen = out === null && terminal.stdout.isTTY === true;
    const shown = isOnScreen ? null : progress(terminal, "Exporting");
    let written = 0;
    const csv = responsesCsv({
      delimiter: delimiterOf(options),
      withMark: options.isOn("bom"),
      slicedBy: config.csat.slicedBy,
    });
    const text = csvOf(rows, {
      csv,
      onRows: (count) => {
        written += count;
        shown?.show(`${written} answers`);
      },
    });
    try {
      if (out !== null) await writeNewFile(text, resolve(folder, out));
      else await toStream(isOnScreen ? onScreen(text) : text, terminal);
    } finally {
      shown?.end();
    }
    if (out !== null) note(terminal, `${written} answers written to ${out}.`);
    return exitCodes.fine;
  },
};

const rowsPerChunk = 100;

async function* csvOf(
  rows: AsyncIterable<ExportedResponse>,
  { csv, onRows }: { readonly csv: ResponsesCsv; readonly onRows: (count: number) => void },
): AsyncGenerator<string> {
  yield csv.start;
  let chunk: ExportedResponse[] = [];
  for await (const row of rows) {
    if (chunk.push(row) < rowsPerChunk) continue;
    yield csv.lines(chunk);
    onRows(chunk.length);
    chunk = [];
  }
  if (chunk.length === 0) return;
  yield csv.lines(chunk);
  onRows(chunk.length);
}

/** Rows are read as fast as the reader takes them; one that has seen enough ends the export. */
async function toStream(text: AsyncIterable<string>, { stdout }: Terminal): Promise<void> {
  try {
    await pipeline(Readable.from(text), stdout, { end: false });
  } catch (error) {
    if (Reflect.get(Object(error), "code") !== "EPIPE") throw error;
  }
}

/** What a customer wrote must not move the cursor or rename the window of whoever looks at it. */
async function* onScreen(text: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const piece of text) yield plainText(piece.replaceAll("\r\n", "\n"));
}

function delimiterOf(options: GivenOptions): CsvDelimiter {
  const asked = options.text("delimiter") ?? ",";
  const delimiter = csvDelimiters.find((known) => known === asked);
  if (delimiter === undefined) throw usageError(`--delimiter must be one of ${csvDelimiters.join(" ")}`);
  return delimiter;
}

/** What is wrong with the values, the core says. */
function rangeOf(options: GivenOptions): RangeInput {
  const [days, from, to] = [options.text("days"), options.text("from"), options.text("to")];
  if (from === null && to === null) {
    const last = ([7, 30, 90] as const).find((preset) => `${preset}` === (days ?? "30"));
    if (last === undefined) throw usageError("--days must be 7, 30 or 90; other spans take --from and --to.");
    return { days: last };
  }
  if (days !== null) throw usageError("--days cannot stand beside --from and --to.");
  if (from === null || to === null) throw usageError("--from and --to go together.");
  return { from, to };
}

function filterOf(options: GivenOptions): ResponseFilter {
  const [asked, resolvedBy] = [options.text("rating"), options.text("resolved-by")];
  const rating = ratings.find((known) => `${known}` === asked);
  if (asked !== null && rating === undefined) throw usageError("--rating must be 1, 2, 3, 4 or 5.");
  const isUnattributed = options.isOn("unattributed");
  if (isUnattributed && resolvedBy !== null) {
    throw usageError("--unattributed cannot stand beside --resolved-by.");
  }
  return {
    ...(rating === undefined ? {} : { rating }),
    ...whereOf(options),
    ...(isUnattributed ? { resolvedBy: null } : resolvedBy === null ? {} : { resolvedBy }),
  };
}

function whereOf(options: GivenOptions): Pick<ResponseFilter, "where"> {
  const given = options.text("where");
  if (given === null) return {};
  const end = given.indexOf(":");
  if (end < 0)
    throw usageError("--where must be an attribute and a value with a colon between, as team:billing.");
  return { where: { attribute: given.slice(0, end), value: given.slice(end + 1) } };
}
