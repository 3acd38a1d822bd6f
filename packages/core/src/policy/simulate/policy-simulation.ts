/**
 * What settings and rules would have made of the resolutions of some days. Each decision counts as the journal would have
 * told it, on the UTC day on which it would have fallen: one that comes again with the same reason and date is not told
 * again, and a ticket that was resolved twice may count twice. What the past does not tell is not invented.
 */
export interface PolicySimulation extends SimulatedFigures {
  /** First and last day of the range, both inside, `YYYY-MM-DD`. */
  readonly from: string;
  readonly to: string;
  /** Surveys that would still wait now, or whose last attempt nobody knows the end of. */
  readonly waiting: number;
  /** Customers who would have been asked, and those among them who would have been asked more than once. */
  readonly customersAsked: number;
  readonly customersAskedAgain: number;
  /** Every day of the range, oldest first, and each day behind it on which something would have been decided. */
  readonly daily: readonly SimulatedDay[];
}

/** One day of a dry run. */
export interface SimulatedDay extends SimulatedFigures {
  /** `YYYY-MM-DD`. */
  readonly day: string;
}

/** Figures of a dry run. Where they go by reason, reasons of nothing are left out. */
export interface SimulatedFigures {
  /** Tickets that were resolved, each on the day of its first resolution in the range. */
  readonly resolved: number;
  /** Surveys sent. What the mail server made of a mail is taken from the past; a mail that was never tried is taken as accepted. */
  readonly sent: number;
  /** Put off to a later time, by reason: `rule:<name>` or `customer_being_asked`. They count again where they end. */
  readonly deferred: ByReason;
  /** Not asked, by reason: a `SkipReason`, or `left_since`. */
  readonly skipped: ByReason;
  /** Surveys that waited when the ticket was reopened, closed, merged or left out by hand. */
  readonly canceled: ByReason;
  /** Given up, by `FailReason`. */
  readonly failed: ByReason;
  /** Not to be decided: what the decision goes by was never recorded, since the ticket did not come so far. */
  readonly unknown: number;
}

/** How many, by reason. */
export type ByReason = Readonly<Record<string, number>>;
