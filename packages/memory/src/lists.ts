import type {
  FailedQuery,
  Head,
  HistoryQuery,
  JournalRow,
  Lists,
  Page,
  PageRequest,
  ResponseQuery,
  ResponseRow,
  SurveyResponse,
  TicketRef,
} from "@csat/core";
import { pageAfter, pageById } from "./keyset.ts";
import { type Tables, ticketText } from "./tables.ts";

/** What is read without being decided on. */
export const lists = { answer, answers, journal, history, events, failed, ticketsOf, suppressed } satisfies {
  readonly [Name in keyof Lists]: (
    tables: Tables,
    ...given: Parameters<Lists[Name]>
  ) => Awaited<ReturnType<Lists[Name]>>;
};

function answer(tables: Tables, ref: TicketRef): SurveyResponse | null {
  return tables.answers.get(ticketText(ref))?.response ?? null;
}

function answers(tables: Tables, query: ResponseQuery): Page<ResponseRow> {
  const { workspaceId, window, rating, maxRating, resolvedBy, slice, withExcluded, limit, cursor } = query;
  const rows = tables.answers.rows().flatMap((row): readonly ResponseRow[] => {
    const { response, excluded, slices } = row;
    const cells = tables.heads.get(ticketText(response))?.cells;
    // An answer comes through a link, so its mail was sent.
    if (cells?.kind !== "ticket" || cells.sentAt === null) return [];
    const isAsked =
      response.workspaceId === workspaceId &&
      window.from <= response.respondedAt &&
      response.respondedAt < window.until &&
      (rating === undefined || response.rating === rating) &&
      (maxRating === undefined || response.rating <= maxRating) &&
      (resolvedBy === undefined || row.resolvedBy === resolvedBy) &&
      (slice === undefined || slices.includes(slice)) &&
      (withExcluded === true || !excluded);
    const { sentAt } = cells;
    return isAsked ? [{ ...response, resolvedBy: row.resolvedBy, sentAt, excluded, slices }] : [];
  });
  const placeOf = ({ respondedAt, surveyId }: ResponseRow) => ({ at: respondedAt, id: surveyId });
  return pageAfter(rows, { placeOf, order: "newest first", limit, cursor });
}

function journal(tables: Tables, ref: TicketRef): readonly JournalRow[] {
  // Sorting is stable, so that entries of one time stay in the order of their writing.
  return (tables.journal.get(ticketText(ref)) ?? [])
    .map(({ entry }) => entry)
    .toSorted((one, other) => one.at.getTime() - other.at.getTime());
}

function history(tables: Tables, { workspaceId, window, limit, cursor }: HistoryQuery): Page<JournalRow> {
  const rows = tables.journal
    .rows()
    .flat()
    .filter(
      ({ entry }) => entry.workspaceId === workspaceId && window.from <= entry.at && entry.at < window.until,
    );
  const { items, nextCursor } = pageAfter(rows, {
    // Of one length, so that they compare as numbers do.
    placeOf: ({ entry, number }) => ({ at: entry.at, id: `${number}`.padStart(16, "0") }),
    isId: (id) => /^\d{16}$/.test(id),
    order: "oldest first",
    limit,
    cursor,
  });
  return { items: items.map(({ entry }) => entry), nextCursor };
}

function events(
  tables: Tables,
  workspaceId: string,
  query: PageRequest & { readonly dead: boolean; readonly ticketId?: string },
): Page<Head> {
  const rows = tables.heads.rows().flatMap(({ head, cells }) => {
    if (cells?.kind !== "event" || head.key.workspaceId !== workspaceId) return [];
    if (query.ticketId !== undefined && query.ticketId !== cells.ticketId) return [];
    return query.dead && !cells.dead ? [] : [{ head, at: cells.createdAt, id: head.key.id }];
  });
  const { items, nextCursor } = pageAfter(rows, {
    placeOf: (row) => row,
    order: "newest first",
    ...query,
  });
  return { items: items.map(({ head }) => head), nextCursor };
}

function failed(
  tables: Tables,
  { workspaceId, since, reasons, limit, cursor }: FailedQuery,
): Page<TicketRef> {
  const rows = tables.due.rows().flatMap(({ key, due }) => {
    const isAsked =
      key.kind === "ticket" &&
      key.workspaceId === workspaceId &&
      due.kind === "failed" &&
      reasons.includes(due.reason) &&
      (since === null || due.failedAt >= since);
    return isAsked ? [{ at: due.failedAt, id: key.id }] : [];
  });
  const { items, nextCursor } = pageAfter(rows, {
    placeOf: (row) => row,
    order: "oldest first",
    limit,
    cursor,
  });
  return { items: items.map(({ id }) => ({ workspaceId, ticketId: id })), nextCursor };
}

function ticketsOf(
  tables: Tables,
  workspaceId: string,
  { customer, limit, cursor }: PageRequest & { readonly customer: string },
): Page<TicketRef> {
  const rows = tables.customerTickets
    .rows()
    .filter((row) => row.workspaceId === workspaceId && row.customer === customer);
  const { items, nextCursor } = pageById(rows, { idOf: ({ ticketId }) => ticketId, limit, cursor });
  return { items: items.map(({ ticketId }) => ({ workspaceId, ticketId })), nextCursor };
}

function suppressed(tables: Tables, workspaceId: string, query: PageRequest): Page<Head> {
  const rows = tables.heads.rows().flatMap(({ head, cells }) => {
    if (cells?.kind !== "customer" || head.key.workspaceId !== workspaceId) return [];
    return cells.suppressedAt === null ? [] : [{ head, at: cells.suppressedAt, id: head.key.id }];
  });
  const { items, nextCursor } = pageAfter(rows, {
    placeOf: (row) => row,
    order: "newest first",
    ...query,
  });
  return { items: items.map(({ head }) => head), nextCursor };
}
