import { errorInWords } from "../error-kind.ts";
import type { LowRatingCard } from "../for-operators.ts";
import type { MetricsFilter } from "../metrics/metrics.ts";
import type { Page, PageRequest, ResponseRow } from "../ports/store/lists.ts";
import type { TicketSnapshot } from "../ports/ticket-source.ts";
import { shortLine } from "../survey/clean-text.ts";
import { textLimits } from "../survey/text-limits.ts";
import { type AnalyticsQuery, checkQuery } from "./analytics-query.ts";
import type { Context } from "./context.ts";
import { storageCursor, withCheckedCursor } from "./page-cursor.ts";

/**
 * Answers of 1 or 2, newest first, with what the host says about their tickets now. A ticket that is gone, and a host
 * that fails, leave nulls: the list is the library's own. @throws CsatError `invalid_input`, `storage_failed`
 */
export async function listLowRatings<Tx>(
  context: Context<Tx>,
  asked: AnalyticsQuery<MetricsFilter & Partial<PageRequest>>,
): Promise<Page<LowRatingCard>> {
  const { workspaceId, windows, narrowed, slice, cursor, limit } = checkQuery(context, asked);
  const { resolvedBy } = narrowed;
  const list = { name: "low ratings", workspaceId } as const;
  const { items, nextCursor } = await context.storage.lists.answers({
    workspaceId,
    window: windows.current,
    maxRating: 2,
    ...(resolvedBy === undefined ? {} : { resolvedBy }),
    ...(slice === null ? {} : { slice }),
    cursor: await storageCursor(list, cursor),
    limit,
  });
  const tickets = await ticketsOf(context, { workspaceId, rows: items });
  const cards = items.map((row) => toCard(row, tickets.get(row.ticketId)));
  return await withCheckedCursor(list, { items: cards, nextCursor });
}

async function ticketsOf<Tx>(
  { tickets, logger }: Context<Tx>,
  { workspaceId, rows }: { readonly workspaceId: string; readonly rows: readonly ResponseRow[] },
): Promise<ReadonlyMap<string, TicketSnapshot>> {
  if (rows.length === 0) return new Map();
  try {
    const found = await tickets.getTickets(
      workspaceId,
      rows.map(({ ticketId }) => ticketId),
    );
    return new Map(found.map((ticket) => [ticket.ticketId, ticket]));
  } catch (error) {
    logger.warn(
      { workspaceId, tickets: rows.length, cause: errorInWords(error) },
      "the host could not tell the tickets of low ratings; shown without subject and assignee",
    );
    return new Map();
  }
}

// Named fields only: a row says more than a card shows.
function toCard(row: ResponseRow, ticket: TicketSnapshot | undefined): LowRatingCard {
  const { workspaceId, ticketId, surveyId, rating, comment, respondedAt } = row;
  const response = { workspaceId, ticketId, surveyId, rating, comment, respondedAt };
  if (ticket === undefined) return { response, subject: null, url: null, assignee: null };
  const { subject, url, assignee } = ticket;
  return {
    response,
    subject: shortLine({ text: subject, maxLength: textLimits.ticketSubject }),
    url: url !== null && url.length <= textLimits.url ? url : null,
    assignee:
      assignee === null
        ? null
        : { id: assignee.id, name: shortLine({ text: assignee.name, maxLength: textLimits.operatorName }) },
  };
}
