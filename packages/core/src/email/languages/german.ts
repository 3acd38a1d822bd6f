import type { EmailTexts } from "../email-texts.ts";

/** The mail in German, addressed formally. */
export const germanTexts: EmailTexts = {
  subject: { named: "Wie waren wir bei „{{ticket_subject}}“?", nameless: "Wie waren wir?" },
  greeting: { named: "Guten Tag {{customer_name}},", nameless: "Guten Tag," },
  resolved: { named: "Ihre Anfrage „{{ticket_subject}}“ ist gelöst.", nameless: "Ihre Anfrage ist gelöst." },
  question: "Wie zufrieden sind Sie mit der Hilfe von {{operator_name}}?",
  preheader: "Wählen Sie eine Zahl von 1 bis 5. Es dauert einen Moment.",
  ratingNames: {
    1: "Sehr unzufrieden",
    2: "Unzufrieden",
    3: "Neutral",
    4: "Zufrieden",
    5: "Sehr zufrieden",
  },
  buttonLabel: "{rating} von 5 geben",
  confirmHint: "Die Zahl öffnet eine Seite, auf der Sie sie bestätigen.",
  about: {
    named: "In dieser E-Mail geht es um Ihre Anfrage „{{ticket_subject}}“.",
    nameless: "In dieser E-Mail geht es um Ihre Anfrage.",
  },
  reason: {
    named:
      "Sie erhalten sie, weil {{workspace_name}} diese Anfrage gelöst hat und einmal nach Ihrer Meinung fragt.",
    nameless:
      "Sie erhalten sie, weil unser Support diese Anfrage gelöst hat und einmal nach Ihrer Meinung fragt.",
  },
  optOut: "Keine solchen Umfragen mehr",
  sentenceGap: " ",
  fallbacks: {
    customer_name: "zusammen",
    ticket_subject: "Ihre Anfrage",
    workspace_name: "Support",
    operator_name: "unserem Team",
  },
};
