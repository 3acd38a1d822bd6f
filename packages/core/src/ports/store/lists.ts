import type { Rating, SurveyResponse } from "../../survey/response.ts";
import type { DateWindow, TicketRef } from "../../survey/survey.ts";
import type { JournalRow } from "./change.ts";
import type { Head } from "./head.ts";

/**
 * What is read without being decided on. Pages are keysets, as exact as the database's times are: page 10,000 costs
 * what page 1 costs, and no row is left out or comes twice while others are added.
 */
export interface Lists {
  /** A ticket's answer; null while there is none. */
  answer(ref: TicketRef): Promise<SurveyResponse | null>;
  /** Answers, newest first. */
  answers(query: ResponseQuery): Promise<Page<ResponseRow>>;
  /** Oldest first by `at`; equal times in the order of their writing. */
  journal(ref: TicketRef): Promise<readonly JournalRow[]>;
  /** The journals of a workspace's tickets as one, in the same order. What was forgotten is not in it. */
  history(query: HistoryQuery): Promise<Page<JournalRow>>;
  /** Events of a workspace, or of a ticket, newest first by `createdAt`; `dead` keeps those with a delivery given up. */
  events(
    workspaceId: string,
    query: PageRequest & { readonly dead: boolean; readonly ticketId?: string },
  ): Promise<Page<Head>>;
  /** Tickets of a workspace whose survey was given up since then for one of these reasons, oldest first. */
  failed(query: FailedQuery): Promise<Page<TicketRef>>;
  /** Tickets that changes named for this customer, by ticket id. */
  ticketsOf(
    workspaceId: string,
    query: PageRequest & { readonly customer: string },
  ): Promise<Page<TicketRef>>;
  /** Customers of a workspace whose cells have a `suppressedAt`, the latest first. */
  suppressed(workspaceId: string, query: PageRequest): Promise<Page<Head>>;
}

/** Which lines of the journal: `from` is inside, `until` is not, and both may be any instant. */
export interface HistoryQuery extends PageRequest {
  readonly workspaceId: string;
  readonly window: { readonly from: Date; readonly until: Date };
}

/** Which given-up surveys. */
export interface FailedQuery extends PageRequest {
  readonly workspaceId: string;
  /** Null for all. */
  readonly since: Date | null;
  readonly reasons: readonly string[];
}

/** Which responses; `maxRating` is inclusive. */
export interface ResponseQuery extends PageRequest {
  readonly workspaceId: string;
  readonly window: DateWindow;
  readonly maxRating?: Rating;
  readonly rating?: Rating;
  readonly resolvedBy?: string | null;
  /** Only answers that have this among their `slices`. */
  readonly slice?: string;
  /** Also those that are marked as excluded; left out: without them. */
  readonly withExcluded?: true;
}

/** A response with what a table or an export shows beside it. */
export interface ResponseRow extends SurveyResponse {
  readonly resolvedBy: string | null;
  readonly sentAt: Date;
  readonly excluded: boolean;
  /** As they were put. */
  readonly slices: readonly string[];
}

/** Asks for up to `limit` rows after `cursor`; null starts at the first. */
export interface PageRequest {
  readonly limit: number;
  readonly cursor: string | null;
}

/** Some rows, and where to go on, in at most 1,900 characters; a null cursor means that these were the last. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}
