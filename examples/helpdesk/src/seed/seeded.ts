import type { Rating } from "@csat/core";

/** How much history, and which. */
export interface SeedOrder {
  readonly tickets: number;
  readonly days: number;
  readonly seed: number;
}

/** What came of a history: accepted mails and answers. */
export interface SeedResult {
  readonly sent: number;
  readonly responses: number;
  readonly ratings: Readonly<Record<Rating, number>>;
}

/** What a seed has made. Its tickets have consecutive numbers. */
export interface Seeded extends SeedOrder, SeedResult {
  readonly firstTicketId: string;
  readonly lastTicketId: string;
  /** True when an earlier call has made it, and this one added nothing. */
  readonly repeated: boolean;
}
