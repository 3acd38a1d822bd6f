import type { Rating, TicketSnapshot } from "@csat/core";

/** What really happened to one ticket: what its history did, and what the mailer and the customers saw. */
export interface TicketFacts {
  readonly workspaceId: string;
  readonly ticketId: string;
  /** Every resolution that the library was told of, in the order of telling. */
  readonly resolutions: { readonly actorId: string | null; readonly resolvedAt: Date }[];
  /** What became of its mails, in the order of happening. */
  readonly mailing: MailingFact[];
  erased: boolean;
  /** Whether its answer is excluded now. */
  excluded: boolean;
  /** What the helpdesk shows now; null once the ticket is deleted there. */
  snapshot: TicketSnapshot | null;
}

/** A send began; we learned that it was accepted, or that the server took nothing of it, and later that it came back for good; the customer answered. */
export type MailingFact =
  | { readonly kind: "begun"; readonly at: Date; readonly values: Values }
  | { readonly kind: "accepted" | "took_nothing" | "came_back"; readonly at: Date }
  | AnswerFact;

/** What the ticket said of each attribute when the send began. */
export type Values = Readonly<Record<string, string | readonly string[]>>;

/** An answer that was taken. */
export interface AnswerFact {
  readonly kind: "answered";
  readonly at: Date;
  readonly surveyId: string;
  readonly rating: Rating;
  readonly comment: string | null;
}

/** How often each thing happened in all histories: a test that saw none of a kind proved nothing about it. */
export type Tally = Map<string, number>;

/** Counts one more of a kind. */
export function count(tally: Tally, kind: string): void {
  tally.set(kind, (tally.get(kind) ?? 0) + 1);
}
