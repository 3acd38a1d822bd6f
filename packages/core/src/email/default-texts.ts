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

/** The texts by language (the first part of a BCP 47 tag). English also stands in for the languages that are missing. */
export const emailTexts: { readonly en: EmailTexts } & Readonly<Record<string, EmailTexts>> = {
  en: {
    subject: "How did we do with “{{ticket_subject}}”?",
    bodyIntro:
      "Hi {{customer_name}},\n\n" +
      "Your request “{{ticket_subject}}” is resolved. " +
      "How satisfied are you with the help you got from {{operator_name}}?",
    preheader: "Choose a number from 1 to 5. It takes a moment.",
    ratingNames: {
      1: "Very dissatisfied",
      2: "Dissatisfied",
      3: "Neutral",
      4: "Satisfied",
      5: "Very satisfied",
    },
    buttonLabel: "Rate {rating} of 5",
    confirmHint: "Choosing a number opens a page where you confirm it.",
    footer:
      "This email is about your request “{{ticket_subject}}”. You get it because {{workspace_name}} resolved " +
      "that request, and asks once for your opinion.",
    fallbacks: {
      customer_name: "there",
      ticket_subject: "your request",
      workspace_name: "Support",
      operator_name: "our team",
    },
  },
};
