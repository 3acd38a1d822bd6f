import type { Rating } from "../survey/response.ts";
import type { PlaceholderValues } from "./placeholders.ts";

/** Every sentence of the mail that no admin wrote, in one language. */
export interface EmailTexts {
  /** With placeholders, like the next. */
  readonly subject: string;
  /** Plain text; a blank line parts paragraphs. */
  readonly bodyIntro: string;
  /** What inboxes show after the subject. */
  readonly preheader: string;
  readonly ratingNames: Readonly<Record<Rating, string>>;
  /** A button's name for screen readers; `{rating}` stands for the number. */
  readonly buttonLabel: string;
  readonly confirmHint: string;
  /** Which ticket this is about, and why they get the mail; with placeholders. */
  readonly footer: string;
  /** What stands for a blank name or subject. */
  readonly fallbacks: PlaceholderValues;
}
