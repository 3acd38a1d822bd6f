import { fromDocument, toDocument } from "../../src/flow/ticket-document.ts";
import type { SurveyState, TicketState } from "../../src/policy/transition/ticket-state.ts";
import { isEqual } from "./canonical.ts";
import type { Node } from "./explore.ts";

/** What has to hold in every state that can be reached, in plain words with the rule that asks for it. */
export const nodeRules: Readonly<Record<string, (node: Node) => boolean>> = {
  "S10: exactly a survey that is being sent has a send begun, which may have reached the customer": ofSurvey(
    ({ status, begun, mayHaveReached, sendBegunAt, page }) =>
      status === "sending"
        ? begun !== null && mayHaveReached && sendBegunAt !== null && page !== null
        : begun === null,
  ),
  "S4: a mail may have reached the customer when the mail server may have taken one": ({ state, history }) =>
    state.survey === null ||
    state.survey.mayHaveReached === (history.mayHaveArrived || history.talking !== null),
  "S4: what the send found there is what may have arrived before it": ({ state: { survey }, history }) =>
    survey?.begun == null || survey.begun.reachedBefore === history.mayHaveArrived,
  "S6: exactly what is canceled, skipped or given up has a reason": ofSurvey(
    ({ status, reason }) =>
      (reason !== null) === (status === "canceled" || status === "skipped" || status === "failed"),
  ),
  "S12, S73: given up is indeterminate when a mail may have arrived and did not come back, and only then":
    ofSurvey(
      ({ status, reason, mayHaveReached }) =>
        status !== "failed" || mayHaveReached === (reason === "indeterminate" || reason === "bounced"),
    ),
  "S12: what was refused or used up all attempts was tried": ofSurvey(
    ({ status, attempts, linksIssued }) => status !== "failed" || attempts > 0 || linksIssued,
  ),
  "S12, S41: exactly what was sent or answered counts as sent": ofSurvey(
    ({ status, sentAt }) => (sentAt !== null) === (status === "sent" || status === "answered"),
  ),
  "S24: exactly what was answered has an answer": ofSurvey(
    ({ status, answer }) => (answer !== null) === (status === "answered"),
  ),
  "S76: only an answer can be excluded": ofSurvey(
    ({ exclusion, answer }) => exclusion === null || answer !== null,
  ),
  "S3, S20: what waits was resolved after the last leaving": ({ state: { survey, lastLeftAt } }) =>
    survey?.status !== "scheduled" || lastLeftAt === null || survey.resolvedAt > lastLeftAt,
  "S10, S20: a leaving is kept for the end of a send, and no older one": ({
    state: { survey, lastLeftAt },
  }) => {
    if (survey === null) return true;
    const isOpen = survey.status === "sending" && lastLeftAt !== null && lastLeftAt >= survey.resolvedAt;
    return isOpen
      ? survey.leftMeanwhile !== null && survey.leftMeanwhile.at.getTime() === lastLeftAt.getTime()
      : survey.leftMeanwhile === null;
  },
  "S5, S20: what is remembered is later than what armed the survey and than every leaving": ({
    state: { survey, lastLeftAt },
  }) => {
    if (survey === null || survey.remembered === null) return true;
    const { status, remembered, resolvedAt } = survey;
    return (
      (status === "scheduled" || status === "sending") &&
      remembered.resolvedAt > resolvedAt &&
      (lastLeftAt === null || remembered.resolvedAt > lastLeftAt)
    );
  },
  "S46: whoever armed a survey resolved the ticket, so somebody did first": ({ state }) =>
    state.survey === null ||
    // Links and answers that the host tells of need no resolution.
    state.survey.linksIssued ||
    state.survey.answeredIn !== null ||
    (state.firstResolution !== null && state.firstResolution.at <= state.survey.resolvedAt),
  "S56: a tombstone holds nothing": ({ state }) =>
    !state.erased ||
    (state.survey === null &&
      state.firstResolution === null &&
      state.lastLeftAt === null &&
      state.recent.length === 0),
  "what is written is read again": ({ state }) => isReadAgain(state),
};

function ofSurvey(holds: (survey: SurveyState) => boolean): (node: Node) => boolean {
  return ({ state: { survey } }) => survey === null || holds(survey);
}

function isReadAgain(state: TicketState): boolean {
  return isEqual(fromDocument(JSON.parse(JSON.stringify(toDocument(state)))), state);
}
