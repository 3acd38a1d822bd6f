import type { PruneRequest } from "@csat/core";
import type { Table } from "./table.ts";
import { keyText, type Tables } from "./tables.ts";

/** Takes away what is older than was asked, at most `limit` rows of each kind. */
export function prune(
  tables: Tables,
  { comments, journal, events, tokens, limit }: PruneRequest,
): { readonly isMoreLeft: boolean } {
  const taken = [
    comments === null ? 0 : pruneComments(tables, { before: comments, limit }),
    journal === null ? 0 : pruneJournal(tables, { before: journal, limit }),
    events === null ? 0 : pruneEvents(tables, { before: events, limit }),
    tokens === null ? 0 : pruneTokens(tables, { before: tokens, limit }),
  ];
  return { isMoreLeft: taken.some((rows) => rows >= limit) };
}

interface Bounds {
  readonly before: Date;
  readonly limit: number;
}

function pruneComments({ answers }: Tables, { before, limit }: Bounds): number {
  const old = found(
    answers,
    limit,
    ({ response }) => response.comment !== null && response.respondedAt < before,
  );
  for (const [text, row] of old) answers.set(text, { ...row, response: { ...row.response, comment: null } });
  return old.length;
}

function pruneJournal({ journal }: Tables, { before, limit }: Bounds): number {
  let left = limit;
  for (const [text, rows] of journal.entries()) {
    const kept = rows.filter(({ entry }) => entry.at >= before || left-- <= 0);
    if (kept.length < rows.length) journal.set(text, kept);
  }
  return limit - Math.max(0, left);
}

/** What is due of an event is to be delivered still, unless it was given up. */
function pruneEvents({ heads, due }: Tables, { before, limit }: Bounds): number {
  const old = found(
    heads,
    limit,
    ({ head, cells }) =>
      cells?.kind === "event" &&
      cells.createdAt < before &&
      due.get(keyText(head.key))?.due.kind !== "waiting",
  );
  for (const [text] of old) {
    heads.delete(text);
    due.delete(text);
  }
  return old.length;
}

function pruneTokens({ tokens }: Tables, { before, limit }: Bounds): number {
  const old = found(tokens, limit, ({ key, createdAt }) => key.kind === "ticket" && createdAt < before);
  for (const [hash] of old) tokens.delete(hash);
  return old.length;
}

function found<Row>(
  table: Table<Row>,
  limit: number,
  isOld: (row: Row) => boolean,
): readonly (readonly [string, Row])[] {
  return table
    .entries()
    .filter(([, row]) => isOld(row))
    .slice(0, limit);
}
