import type { Rating } from "../survey/response.ts";
import type { PlaceholderValues } from "./placeholders.ts";

/** A sentence that names something by a placeholder, and the one that is said when there is nothing to name. */
export interface NamingText {
  readonly named: string;
  readonly nameless: string;
}

/** Every sentence of the mail that no admin wrote, in one language. */
export interface EmailTexts {
  /** Names the ticket's subject, like `resolved` and `about`. */
  readonly subject: NamingText;
  /** Names the customer. */
  readonly greeting: NamingText;
  readonly resolved: NamingText;
  /** Names the operator, whose fallback reads well in it. */
  readonly question: string;
  /** What inboxes show after the subject. */
  readonly preheader: string;
  readonly ratingNames: Readonly<Record<Rating, string>>;
  /** A button's name for screen readers; `{rating}` stands for the number. */
  readonly buttonLabel: string;
  readonly confirmHint: string;
  /** The footer: which ticket this is about, and why they get the mail. `reason` names the workspace. */
  readonly about: NamingText;
  readonly reason: NamingText;
  /** The link for opting out, below the footer. Without a full stop: in the text part a colon and the address follow. */
  readonly optOut: string;
  /** What stands between two sentences. */
  readonly sentenceGap: " " | "";
  /** What stands for a blank name or subject in an admin's template. */
  readonly fallbacks: PlaceholderValues;
}
