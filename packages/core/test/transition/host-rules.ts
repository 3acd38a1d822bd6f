import type { SurveyState } from "../../src/policy/transition/ticket-state.ts";
import { isEqual } from "./canonical.ts";
import type { Edge } from "./explore.ts";

/** From when on the end of links counts that were issued again: they never end sooner than before. */
function linksEnd({ linksIssuedAt, sentAt }: SurveyState, now: Date): Date | null {
  const last = linksIssuedAt ?? sentAt;
  return last !== null && last >= now ? linksIssuedAt : now;
}

/** What has to hold for questions and answers that go through the host's own hands. */
export const hostRules: Readonly<Record<string, (edge: Edge) => boolean>> = {
  "S81: links are issued when nothing may have reached the customer, and again until the answer comes": ({
    event,
    before: { survey: was, lastLeftAt, erased, isLeftOut },
    after: { survey: is, sample },
    outcome,
  }) => {
    if (event.kind !== "issued") return true;
    const { resolution, settings, ticket, now } = event;
    const isAgain = was?.linksIssued === true && was.status === "sent";
    const isUsedUp = was !== null && !isAgain && (was.mayHaveReached || was.answer !== null);
    const isLeft = resolution !== null && lastLeftAt !== null && resolution.at <= lastLeftAt;
    const isChosen = isAgain || (!isLeftOut && sample?.isIn !== false);
    const may =
      !erased && settings.enabled && ticket.status === "resolved" && !isUsedUp && !isLeft && isChosen;
    if (!may) return outcome.kind === "not_issued" && is === was;
    if (isAgain)
      return outcome.kind === "issued" && isEqual(is, { ...was, linksIssuedAt: linksEnd(was, now) });
    return (
      outcome.kind === "issued" &&
      is?.status === "sent" &&
      is.linksIssued &&
      is.mayHaveReached &&
      is.sentAt === now
    );
  },
  "S81: a no is told once, whatever is told in between": ({ event, journal, outcome }) =>
    event.kind !== "issued" ||
    outcome.kind !== "not_issued" ||
    journal.filter((line) => line.event === "skipped").length <= 1,
  "S64: leaving out cancels what waits, is too late once a send began, and stays until the ticket is let in":
    ({ event, before, after, outcome }) => {
      const { survey: was, erased } = before;
      if (event.kind !== "left_out")
        return event.kind === "let_in" || event.kind === "erased"
          ? !after.isLeftOut
          : after.isLeftOut === before.isLeftOut;
      if (erased) return after === before;
      const isTooLate = was?.status === "sending" || was?.status === "sent" || was?.status === "answered";
      const isWaiting = was?.status === "scheduled";
      return (
        after.isLeftOut &&
        (outcome.kind === "too_late") === isTooLate &&
        (isWaiting
          ? after.survey?.status === "canceled" && after.survey.reason === "left_out"
          : after.survey === was)
      );
    },
  "S64: letting in schedules nothing by itself": ({ event, before, after }) =>
    event.kind !== "let_in" || after.survey === before.survey,
  "S64: what is left out is armed by no resolution, nor mailed anew": ({ event, before, after }) =>
    event.kind !== "resolved" || !before.isLeftOut || after.survey === before.survey,
  "S62: whether a ticket is in the sample is decided once, with its first resolution": ({
    event,
    before,
    after,
  }) => {
    if (after.erased) return true;
    const isFirst =
      before.firstResolution === null &&
      (event.kind === "resolved" || (event.kind === "issued" && before.survey === null));
    return after.sample === before.sample || (isFirst && before.sample === null);
  },
  "S76: an answer is excluded until it is restored; nothing else of the ticket changes": ({
    event,
    before,
    after,
    outcome,
    journal,
  }) => {
    const [was, is] = [before.survey, after.survey];
    if (event.kind !== "excluded" && event.kind !== "restored")
      return is === null || is.exclusion === (was?.exclusion ?? null);
    if (was === null || was.answer === null) return after === before && outcome.kind === "not_answered";
    const wanted = event.kind === "excluded";
    if ((was.exclusion !== null) === wanted) return after === before && outcome.kind === "nothing_to_do";
    return (
      outcome.kind === event.kind &&
      isEqual(
        { ...after, survey: { ...is, exclusion: null } },
        { ...before, survey: { ...was, exclusion: null } },
      ) &&
      (is?.exclusion?.reason === "agent" && is.exclusion.actorId === "eve") === wanted &&
      journal.length === 1 &&
      journal[0]?.event === event.kind &&
      journal[0].actorId === "eve" &&
      journal[0].reason === (wanted ? "agent" : null)
    );
  },
  "S82: an answer taken elsewhere is the ticket's one answer, and counts a question when none was sent": ({
    event,
    before: { survey: was, erased },
    after: { survey: is },
    outcome,
  }) => {
    if (event.kind !== "answered_elsewhere") return true;
    if (erased || was?.status === "answered") return is === was && outcome.kind !== "recorded";
    return (
      outcome.kind === "recorded" &&
      is?.status === "answered" &&
      is.answer?.rating === event.rating &&
      is.answer.respondedAt === event.at &&
      is.answeredIn === event.channel &&
      is.sentAt === (was?.sentAt ?? event.askedAt)
    );
  },
};
