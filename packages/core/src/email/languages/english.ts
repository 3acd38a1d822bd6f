import type { EmailTexts } from "../email-texts.ts";

/** The mail in English: what also stands in for the languages that are missing. */
export const englishTexts: EmailTexts = {
  subject: { named: "How did we do with “{{ticket_subject}}”?", nameless: "How did we do?" },
  greeting: { named: "Hi {{customer_name}},", nameless: "Hi there," },
  resolved: {
    named: "Your request “{{ticket_subject}}” is resolved.",
    nameless: "Your request is resolved.",
  },
  question: "How satisfied are you with the help you got from {{operator_name}}?",
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
  about: {
    named: "This email is about your request “{{ticket_subject}}”.",
    nameless: "This email is about your request.",
  },
  reason: {
    named: "You get it because {{workspace_name}} resolved that request, and asks once for your opinion.",
    nameless: "You get it because our support team resolved that request, and asks once for your opinion.",
  },
  optOut: "Stop these surveys",
  sentenceGap: " ",
  fallbacks: {
    customer_name: "there",
    ticket_subject: "your request",
    workspace_name: "Support",
    operator_name: "our team",
  },
};
