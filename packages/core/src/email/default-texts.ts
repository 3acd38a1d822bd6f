import type { Rating } from "../survey/response.ts";

/** Every sentence of the mail that no admin wrote, in one language. Those marked † may hold placeholders. */
export interface EmailTexts {
  /** † */
  readonly subject: string;
  /** † Plain text; a blank line parts paragraphs. */
  readonly bodyIntro: string;
  /** What inboxes show after the subject. */
  readonly preheader: string;
  readonly ratingNames: Readonly<Record<Rating, string>>;
  /** The button's name for screen readers; N stands for the number. */
  readonly rateN: string;
  readonly confirmHint: string;
  /** † Which ticket this is about, and why they get the mail. */
  readonly footer: string;
  /** What stands for a blank name or subject. */
  readonly fallbacks: Readonly<
    Record<"customer_name" | "ticket_subject" | "workspace_name" | "operator_name", string>
  >;
}

/** The mail's texts by language. */
export const emailTexts: Readonly<Record<"en", EmailTexts>> = {
  en: {
    subject: 'How did we do with "{{ticket_subject}}"?',
    bodyIntro:
      'Hi {{customer_name}},\n\nyour request "{{ticket_subject}}" has been resolved. How satisfied are you with the help you got from {{operator_name}}?',
    preheader: "Choose a number from 1 to 5. It takes a moment.",
    ratingNames: {
      1: "Very dissatisfied",
      2: "Dissatisfied",
      3: "Neutral",
      4: "Satisfied",
      5: "Very satisfied",
    },
    rateN: "Rate N of 5",
    confirmHint: "Choosing a number opens a page where you confirm it.",
    footer:
      'This is about your request "{{ticket_subject}}". You get this mail because {{workspace_name}} resolved it. We ask once per request.',
    fallbacks: {
      customer_name: "there",
      ticket_subject: "your request",
      workspace_name: "Support",
      operator_name: "our team",
    },
  },
};
