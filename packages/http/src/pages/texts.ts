/**
 * Every sentence of the public pages. `{subject}` in `question`, `{left}` in `charactersLeft`, `{rating}` in `thanks`,
 * `{date}` in `recordedOn` and `expiredOn` (a day with its zone, which is UTC) and `{workspace}` where it is opted out are filled in;
 * everything else is plain text, never HTML.
 */
export interface PageTexts {
  /** Title of the browser's tab; stays in the history, so it names no ticket. */
  readonly documentTitle: string;
  readonly question: string;
  /** For tickets whose subject is blank. */
  readonly questionWithoutSubject: string;
  readonly lowest: string;
  readonly highest: string;
  readonly commentLabel: string;
  readonly optional: string;
  /** Near the limit of the comment. */
  readonly charactersLeft: string;
  readonly send: string;
  readonly ratingMissing: string;
  readonly commentTooLong: string;
  readonly commentUnusable: string;
  /** Put before the tab's title when something must be corrected. */
  readonly correct: string;
  readonly thanks: string;
  readonly yourComment: string;
  readonly alreadyRecorded: string;
  readonly recordedOn: string;
  readonly firstAnswerStands: string;
  /** For a link that the workspace ended. */
  readonly expired: string;
  readonly expiredOn: string;
  readonly expiredThanks: string;
  readonly unknownLink: string;
  readonly unknownLinkAdvice: string;
  readonly tooManyRequests: string;
  readonly tooManyRequestsAdvice: string;
  readonly notRecorded: string;
  readonly notShown: string;
  readonly failureAdvice: string;
  readonly tryAgain: string;
  /** Title of the browser's tab on the page for opting out, like `documentTitle`. */
  readonly optOutTitle: string;
  /** These name the workspace; the other of each pair is for one without a name. */
  readonly optOutQuestion: string;
  readonly optOutQuestionWithoutName: string;
  readonly optOutSend: string;
  readonly optedOut: string;
  readonly optedOutWithoutName: string;
  readonly optOutUndo: string;
  readonly optOutUndone: string;
  readonly optOutUndoneWithoutName: string;
  readonly choiceNotRecorded: string;
}

/** What stands where a host gives nothing else. */
export const englishTexts: PageTexts = {
  documentTitle: "How did we do?",
  question: "How did we do with “{subject}”?",
  questionWithoutSubject: "How did we do?",
  lowest: "Very dissatisfied",
  highest: "Very satisfied",
  commentLabel: "What went well, or what could be better?",
  optional: "(optional)",
  charactersLeft: "Characters left: {left}",
  send: "Send rating",
  ratingMissing: "Choose a number from 1 to 5.",
  commentTooLong: "Your comment is too long. Shorten it and send it again.",
  commentUnusable: "Your comment holds a character that cannot be stored. Remove it and send again.",
  correct: "Not sent yet",
  thanks: "Thank you. Your rating: {rating} of 5.",
  yourComment: "Your comment",
  alreadyRecorded: "Your rating is already recorded.",
  recordedOn: "We received it on {date}.",
  firstAnswerStands: "A survey is answered once; your first answer stands.",
  expired: "This survey has ended.",
  expiredOn: "Its link worked until {date}.",
  expiredThanks: "Thank you for wanting to tell us.",
  unknownLink: "This link leads to no survey.",
  unknownLinkAdvice: "Check that you opened the whole link from our mail.",
  tooManyRequests: "Too many requests came from here.",
  tooManyRequestsAdvice: "Wait a minute, then try again.",
  notRecorded: "Your rating could not be recorded.",
  notShown: "This page could not be shown.",
  failureAdvice: "Something failed on our side. Try again in a moment.",
  tryAgain: "Try again",
  optOutTitle: "Satisfaction surveys",
  optOutQuestion: "Do you want no more satisfaction surveys from {workspace}?",
  optOutQuestionWithoutName: "Do you want no more of these satisfaction surveys?",
  optOutSend: "Stop these surveys",
  optedOut: "You will get no more satisfaction surveys from {workspace}.",
  optedOutWithoutName: "You will get no more of these satisfaction surveys.",
  optOutUndo: "Undo",
  optOutUndone: "You may get satisfaction surveys from {workspace} again.",
  optOutUndoneWithoutName: "You may get these satisfaction surveys again.",
  choiceNotRecorded: "Your choice could not be recorded.",
};

/** Puts values into a sentence, once: what a value holds is never a placeholder. */
export function fillText(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? whole) : whole,
  );
}
