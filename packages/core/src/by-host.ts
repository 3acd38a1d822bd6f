import type { TicketSnapshot } from "./ports/ticket-source.ts";
import type { Rating } from "./survey/response.ts";
import type { SkipReason, TicketRef } from "./survey/survey.ts";

/** Asks for links. */
export interface LinksRequest {
  readonly ref: TicketRef;
  /**
   * The ticket as it is. Left out, the `TicketSource` is asked for it, which within a transaction is refused. `customer.channel` is
   * where the message goes, whether a mailer serves it or not.
   */
  readonly ticket?: TicketSnapshot;
  /** The resolution that the message tells of, for hosts that have not called `ticketResolved` for it. */
  readonly resolution?: { readonly actorId: string | null; readonly resolvedAt: Date } | null;
}

/** `again`: links were issued before, and only these are new. `left_since`: the ticket was left at the time of `resolution` or later. */
export type LinksOutcome = TicketRef &
  (
    | {
        readonly kind: "issued";
        readonly surveyId: string;
        readonly again: boolean;
        /** By rating, absolute. Whoever has one may answer: they stand in the message alone. */
        readonly links: Readonly<Record<Rating, string>>;
        /** The same page with nothing chosen. */
        readonly link: string;
        /**
         * Where the customer stops the surveys of this workspace, absolute. It belongs into the message as well. Null for a
         * customer without id and address: nothing tells who it is, so there is nobody to ask no more.
         */
        readonly optOut: string | null;
      }
    | {
        readonly kind: "not_issued";
        /** `customer_being_asked`: another survey of this customer is on its way. `rule_failed`: a rule of the host's could not say. */
        readonly reason: SkipReason | "left_since" | "customer_being_asked" | "rule_failed";
        /** From when on the answer would be yes; left out where there is no such date. */
        readonly eligibleAt?: Date;
      }
  );

/** An answer that the host took. */
export interface AnswerElsewhere {
  readonly ref: TicketRef;
  readonly rating: Rating;
  /** A comment of white space alone counts as none. */
  readonly comment?: string | null;
  /** When the customer answered; at most five minutes in the future, now when left out. */
  readonly respondedAt?: Date | undefined;
  /** When the customer was asked: counts as sent when nothing was sent before. Not after `respondedAt`, which it is when left out. */
  readonly askedAt?: Date | undefined;
  /** Where: lower-case letters, digits and `_`, 1–40 characters that begin with a letter. */
  readonly channel: string;
  /** Who took it; null for a machine. */
  readonly actorId: string | null;
}

/** `duplicate`: answered before, and the first answer stands. `erased`: the ticket is, and nothing is stored of it again. */
export type AnswerOutcome = TicketRef &
  (
    | { readonly kind: "recorded"; readonly surveyId: string; readonly respondedAt: Date }
    | { readonly kind: "duplicate" | "erased" }
  );
