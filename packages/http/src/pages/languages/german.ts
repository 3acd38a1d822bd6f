import type { PageTexts } from "../texts.ts";

/** The public page in German, addressed formally. */
export const germanTexts: PageTexts = {
  documentTitle: "Wie waren wir?",
  question: "Wie waren wir bei „{subject}“?",
  questionWithoutSubject: "Wie waren wir?",
  lowest: "Sehr unzufrieden",
  highest: "Sehr zufrieden",
  commentLabel: "Was war gut, was könnte besser sein?",
  optional: "(freiwillig)",
  charactersLeft: "Verbleibende Zeichen: {left}",
  send: "Bewertung senden",
  ratingMissing: "Wählen Sie eine Zahl von 1 bis 5.",
  commentTooLong: "Ihr Kommentar ist zu lang. Kürzen Sie ihn und senden Sie ihn noch einmal.",
  commentUnusable:
    "Ihr Kommentar enthält ein Zeichen, das nicht gespeichert werden kann. Entfernen Sie es und senden Sie noch einmal.",
  correct: "Noch nicht gesendet",
  thanks: "Danke. Ihre Bewertung: {rating} von 5.",
  yourComment: "Ihr Kommentar",
  alreadyRecorded: "Ihre Bewertung liegt uns bereits vor.",
  recordedOn: "Wir haben sie am {date} erhalten.",
  firstAnswerStands: "Jede Umfrage wird einmal beantwortet; Ihre erste Antwort gilt.",
  unknownLink: "Dieser Link führt zu keiner Umfrage.",
  unknownLinkAdvice: "Prüfen Sie, ob Sie den ganzen Link aus unserer E-Mail geöffnet haben.",
  tooManyRequests: "Von hier kamen zu viele Anfragen.",
  tooManyRequestsAdvice: "Warten Sie eine Minute und versuchen Sie es dann noch einmal.",
  notRecorded: "Ihre Bewertung konnte nicht gespeichert werden.",
  notShown: "Diese Seite konnte nicht angezeigt werden.",
  failureAdvice: "Bei uns ist etwas schiefgegangen. Versuchen Sie es gleich noch einmal.",
  tryAgain: "Noch einmal versuchen",
};
