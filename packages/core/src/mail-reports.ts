/**
 * What became of a mail after the server had taken it: what `csat.mailReported` takes, and what `readReport` of
 * `@csat/mail-reports` reads out of a mail. A notification of a mail service is turned into one by the host.
 */
export type MailReport = {
  /** Our Message-ID as the report quotes it, with or without `<>`. Null when the report names none. */
  readonly messageId: string | null;
  /** What the header X-CSAT-Survey-ID of the mail said. Null when the report quotes none. */
  readonly surveyId: string | null;
  /**
   * The address that the report is about. Looked at only where neither id is found, with `workspaceId` and `verified`:
   * then the customer is suppressed, and no survey changes. Never stored. Null when the report names none.
   */
  readonly recipient: string | null;
  /** Needed to find a customer by `recipient` alone. Where it is given, a mail of another workspace is not found. */
  readonly workspaceId?: string;
  /**
   * True where the host knows who sent the report, e.g. by the signature of its mail service. A report that came as a
   * mail never is: anybody can write one. Left out: false.
   */
  readonly verified?: boolean;
  /** When it happened. Left out: now. */
  readonly at?: Date;
} & MailFate;

/** What happened to the mail; tell the kinds apart by `kind`. */
export type MailFate =
  | {
      /** It did not reach the customer, or not yet. */
      readonly kind: "bounced";
      /** True where the address takes no mail at all; false where a later mail may arrive. */
      readonly isPermanent: boolean;
      /** The enhanced status code of RFC 3463, e.g. `5.1.1`; null when the report gives none. */
      readonly status: string | null;
    }
  /** `complained`: the customer called it spam. `auto_reply`: a machine answered it, e.g. an out-of-office. */
  | { readonly kind: "complained" | "auto_reply" };
