import type { JournalEvent, JournalReason, LeaveReason } from "@csat/core";
import type { englishCustomers } from "./customers/english.ts";
import type { english } from "./english.ts";
import type { englishStandings } from "./standings/english.ts";

/** One sentence for each plural form of a language; `other` stands in for the forms that are left out. */
export type CountedText = { readonly other: string } & {
  readonly [Form in Exclude<Intl.LDMLPluralRule, "other">]?: string;
};

/** Sentences that hold a number decide by it which form they take. */
export type CountedKey = {
  [Key in keyof typeof english]: (typeof english)[Key] extends string ? never : Key;
}[keyof typeof english];

/** All the others. */
export type PlainKey = Exclude<keyof typeof english, CountedKey>;

/** Every sentence of the views, by the names of `viewTexts.en`; each keeps the names in braces that are filled in. */
export type ViewSentences = { readonly [Key in PlainKey]: string } & {
  readonly [Key in CountedKey]: CountedText;
};

/** How groups compare, and the page of one operator, in one language; each has all of it. */
export type StandingTexts = Pick<ViewSentences, keyof typeof englishStandings>;

/** Customers whom nobody asks, in one language; each has all of it. */
export type CustomerTexts = Pick<ViewSentences, keyof typeof englishCustomers>;

/** What the journal says, in one language; core's own English words stand in for what is left out. */
export interface JournalTexts {
  /** A ticket that no person resolved. */
  readonly resolvedAutomatically?: string;
  /** What happened. */
  readonly events?: { readonly [Event in JournalEvent]?: string };
  /** A ticket that was left. */
  readonly leavings?: { readonly [Reason in LeaveReason]?: string };
  /** Why, as it goes on after a colon. */
  readonly reasons?: { readonly [Reason in Exclude<JournalReason, `rule:${string}`>]?: string };
  /** `{rule}` is the name of a rule of the host's. */
  readonly ruleSays?: string;
  /** `{channel}` is where a survey went or an answer came, if not by mail. */
  readonly byChannel?: string;
}

/** The sentences of one language. What is left out is taken from the shorter tag of the locale, then from English. */
export interface ViewTexts extends Partial<ViewSentences> {
  readonly journal?: JournalTexts;
}
