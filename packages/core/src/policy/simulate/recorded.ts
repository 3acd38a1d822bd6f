import { emailChannel } from "../../survey/destination.ts";
import type { JournalEvent } from "../../survey/survey.ts";
import type { Requester } from "../ask/never-asked.ts";
import type { Attributes } from "../ask/rule.ts";
import type { SuppressionReason } from "../ask/suppression.ts";

/** A line of a workspace's history, as a dry run takes it. */
export interface Recorded {
  readonly ticketId: string;
  readonly at: Date;
  readonly event: JournalEvent;
  readonly reason: string | null;
  readonly actorId: string | null;
  /** Of a no, or of what was put off: until when; null where there is no such date. */
  readonly eligibleAt: Date | null;
  /** Null where nothing was kept beside the line. */
  readonly facts: RecordedFacts | null;
}

/** What was kept beside a line: of an event of the host's when it was told, of a decision what it rested on. */
export interface RecordedFacts {
  /** So many milliseconds after it happened the host told of it; negative for an event ahead of our clock. */
  readonly lateMs: number;
  /** False: nobody was to be asked after this resolution. */
  readonly ask: boolean;
  /** The host asked for links that it sends itself. */
  readonly isForLinks: boolean;
  /** The ticket was not resolved by then. */
  readonly wasOpen: boolean;
  /** A mail was tried in vain; `took_nothing` when the server certainly took nothing of it. */
  readonly attempt: "took_nothing" | "may_have_arrived" | null;
  /** Null where no decision looked at the ticket's customer. */
  readonly customer: RecordedCustomer | null;
}

/** What a decision went by, apart from records and times. */
export interface RecordedCustomer {
  /** Whom a cooldown counts for; null for nobody. */
  readonly key: string | null;
  readonly isRoleAddress: boolean;
  readonly isOneself: boolean;
  /** What stood on their records; null for nothing. */
  readonly suppressed: SuppressionReason | null;
  readonly resolvedBy: string | null;
  readonly assigneeId: string | null;
  readonly channel: string;
  readonly timeZone: string | null;
  readonly locale: string | null;
  readonly attributes: Attributes;
}

/** Somebody of whom the same holds as of the customer that was looked at. No address was kept. */
export function requesterLike({ isRoleAddress, isOneself, channel }: RecordedCustomer): Requester {
  const somebody = "somebody";
  return {
    channel: isRoleAddress ? emailChannel : channel,
    address: isRoleAddress ? "noreply@example.com" : "",
    operatorId: somebody,
    operators: isOneself ? [{ id: somebody, email: null }] : [],
  };
}
