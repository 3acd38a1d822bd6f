import type { ByHand, InTransaction } from "./in-transaction.ts";
import type { MailReport } from "./mail-reports.ts";
import type { SuppressionReason } from "./policy/ask/suppression.ts";
import type { Json } from "./ports/store/head.ts";
import type { Page } from "./ports/store/lists.ts";
import type { TicketRef } from "./survey/survey.ts";

/**
 * Names a customer of a workspace by what the host knows: the address, the id that `TicketSnapshot.customer.id` gives, or the
 * key under which `listSuppressed` shows them. At least one of the three; of several, all that they name. An address and an id
 * that are suppressed together are known as one customer's from then on, but for `bounced`, which is the address' alone.
 */
export interface CustomerRef {
  readonly address?: string | undefined;
  readonly id?: string | undefined;
  readonly key?: string | undefined;
}

/** What keeps a customer from being asked. */
export interface StandingSuppression {
  readonly reason: SuppressionReason;
  readonly at: Date;
  /** Who did it; null for the customer and for machines. */
  readonly actorId: string | null;
}

/** A customer whom we do not ask. No address: none is stored. */
export interface SuppressedCustomer {
  /** Names them in `lift` and `suppressionsOf`, as `{ key }`. */
  readonly key: string;
  readonly suppressions: readonly StandingSuppression[];
}

/** What `lift` is told. */
export interface Lift<Tx> extends InTransaction<Tx> {
  readonly reason: SuppressionReason;
  /** 1–200 characters. */
  readonly actorId: string;
  /** When the customer agreed to be asked again: needed for `opted_out`, and kept. Not in the future. */
  readonly consentGivenAt?: Date;
}

/** One of those that a host brings along from elsewhere. */
export interface ImportedSuppression extends Pick<CustomerRef, "address" | "id"> {
  readonly reason: SuppressionReason;
  /** Since when; not in the future, now when left out. */
  readonly at?: Date;
}

/** `bounced`, `complained`: the customer is suppressed, and the survey told. `suppressed`: by recipient alone. `noted`: stands in the journal. */
export interface MailReportOutcome {
  readonly kind: "bounced" | "complained" | "noted" | "suppressed" | "repeated" | "unknown";
  /** Null where no survey was found. */
  readonly ref: TicketRef | null;
}

/** All that is stored about a person, as JSON. */
export interface CustomerExport {
  readonly workspaceId: string;
  readonly exportedAt: string;
  /** What stands under each key that the person was named by. */
  readonly records: readonly { readonly key: string; readonly record: Json }[];
  readonly tickets: readonly {
    readonly ticketId: string;
    /** The ticket's own document: what was asked, when, and what the public page shows. */
    readonly record: Json;
    readonly response: Json;
    /** Every line, with what its decision rested on. */
    readonly journal: readonly Json[];
    /** Events on their way to receivers, or delivered. */
    readonly events: readonly Json[];
  }[];
}

/** The customers of a workspace: whom not to ask, what became of their mails, and what is stored about them. */
export interface Customers<Tx = never> {
  /**
   * Nobody asks this customer any more, under any key that is known of them (`bounced`: under the address alone). What
   * stands stays as it stood; surveys that wait are skipped when their time comes.
   * @throws CsatError `invalid_input`, `storage_failed`
   */
  suppress(
    workspaceId: string,
    who: CustomerRef,
    by: ByHand<Tx> & { readonly reason?: SuppressionReason },
  ): Promise<void>;
  /**
   * Takes one reason back, and answers whether it stood. An opt-out needs `consentGivenAt`. Schedules nothing by itself.
   * @throws CsatError `invalid_input`, `storage_failed`
   */
  lift(workspaceId: string, who: CustomerRef, by: Lift<Tx>): Promise<boolean>;
  /** What stands, of any key that is known of them, in the order of `SuppressionReason`; the earliest of each. @throws CsatError `invalid_input`, `storage_failed` */
  suppressionsOf(workspaceId: string, who: CustomerRef): Promise<readonly StandingSuppression[]>;
  /**
   * Brings suppressions along, a constant number of statements per 1,000, and answers how many customers were named. What
   * stands already stays. None is stored when one is invalid. Broken off and called again it changes nothing twice.
   * @throws CsatError `invalid_input`, which names the rows; `storage_failed`
   */
  importSuppressions(
    workspaceId: string,
    suppressions: readonly ImportedSuppression[],
    by: { readonly actorId: string | null },
  ): Promise<number>;
  /** Customers whom we do not ask, the latest first, 50 a page (`limit` up to 200). Whoever is known by id and address is shown once. @throws CsatError `invalid_input`, `storage_failed` */
  listSuppressed(
    workspaceId: string,
    page?: { readonly cursor?: string; readonly limit?: number },
  ): Promise<Page<SuppressedCustomer>>;
  /**
   * Takes what became of a mail later. A permanent bounce makes its survey `failed`, never sent, unless it was answered, and
   * suppresses the address; a complaint suppresses the customer. Found by our Message-ID or header, by recipient alone where
   * the host vouches for it: then no survey changes. Unknown, late and repeated ones are harmless.
   * @throws CsatError `invalid_input`, `storage_failed`
   */
  mailReported(report: MailReport, options?: InTransaction<Tx>): Promise<MailReportOutcome>;
  /**
   * All that is stored about a person: of the tickets that were begun for them, and of their own records. Holds comments
   * and subjects. Somebody else who shares the address is not in it when the id alone is named.
   * @throws CsatError `invalid_input`, `storage_failed`
   */
  exportCustomer(workspaceId: string, who: CustomerRef): Promise<CustomerExport>;
  /**
   * Erases every ticket that was begun for them, and those named by `ticketIds`. Bare keys stay: with them what was pending
   * is erased when its time comes, and whoever opted out stays so. Answers how many tickets were erased. Takes several
   * transactions of its own; broken off and called again it goes on.
   * @throws CsatError `invalid_input`, when nothing is changed; `storage_failed`
   */
  eraseCustomer(
    workspaceId: string,
    who: CustomerRef & { readonly ticketIds?: readonly string[] },
  ): Promise<number>;
}
