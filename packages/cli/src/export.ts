import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type RangeInput, type ResponseFilter, type ResponseRow, ratings } from "@csat/core";
import type { Command, GivenOptions } from "./command.ts";
import { csvHeader, csvLines } from "./csv.ts";
import { exitCodes } from "./exit-code.ts";
import { progress } from "./progress.ts";
import { note, type Terminal } from "./terminal.ts";
import { usageError } from "./usage-error.ts";

/** Writes the answers of a workspace as CSV. */
export const exportAnswers: Command = {
  name: "export",
  argument: "WORKSPACE",
  summary: "write the answers of a workspace as CSV",
  details: [
    "Newest first, as /api/analytics/responses.csv of @csat/http. Cells that a spreadsheet would run are neutralised.",
    "Comments are personal data: keep the file accordingly. An export that breaks off leaves no file.",
  ],
  options: {
    out: { value: "FILE", help: "the file to write, replaced when it is there; by default standard output" },
    days: { value: "7|30|90", help: "the last days, today included; 30 by default" },
    from: { value: "DATE", help: "first day, YYYY-MM-DD in UTC; with --to" },
    to: { value: "DATE", help: "last day; with --from" },
    rating: { value: "1-5", help: "only this rating" },
    "resolved-by": { value: "ID", help: "only tickets that this operator resolved first" },
    unattributed: { help: "only tickets that nobody in particular resolved first" },
    bom: { help: "begin with the mark by which spreadsheets know UTF-8" },
  },
  async run({ config, argument: workspaceId, options, terminal, folder }) {
    const rows = config.csat.exportResponses(workspaceId, rangeOf(options), filterOf(options));
    const out = options.text("out");
    // Rows on a screen show by themselves how far they are.
    const isOnScreen = out === null && terminal.stdout.isTTY === true;
    const shown = isOnScreen ? null : progress(terminal, "Exporting");
    let written = 0;
    const text = csvOf(rows, {
      start: (options.isOn("bom") ? "\uFEFF" : "") + csvHeader,
      onRows: (count) => {
        written += count;
        shown?.show(`${written} answers`);
      },
    });
    try {
      if (out === null) await toStream(text, terminal);
      else await toFile(text, resolve(folder, out));
    } finally {
      shown?.end();
    }
    if (out !== null) note(terminal, `${written} answers written to ${out}.`);
    return exitCodes.fine;
  },
};

const rowsPerChunk = 100;

async function* csvOf(
  rows: AsyncIterable<ResponseRow>,
  { start, onRows }: { readonly start: string; readonly onRows: (count: number) => void },
): AsyncGenerator<string> {
  yield start;
  let chunk: ResponseRow[] = [];
  for await (const row of rows) {
    if (chunk.push(row) < rowsPerChunk) continue;
    yield csvLines(chunk);
    onRows(chunk.length);
    chunk = [];
  }
  if (chunk.length === 0) return;
  yield csvLines(chunk);
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

/** Under another name first, so that the file is whole or not there. Only its owner may read it. */
async function toFile(text: AsyncIterable<string>, path: string): Promise<void> {
  const draft = `${path}.part`;
  try {
    await pipeline(Readable.from(text), createWriteStream(draft, { mode: 0o600 }));
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
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
    ...(isUnattributed ? { resolvedBy: null } : resolvedBy === null ? {} : { resolvedBy }),
  };
}
