import type { Edge } from "./explore.ts";

/** What has to hold for questions and answers that go through the host's own hands. */
export const hostRules: Readonly<Record<string, (edge: Edge) => boolean>> = {
  "S81: links are issued when nothing may have reached the customer, and again until the answer comes": ({
    event,
    before: { survey: was, lastLeftAt, erased },
    after: { survey: is },
    outcome,
  }) => {
    if (event.kind !== "issued") return true;
    const { resolution, settings, ticket, now } = event;
    const isAgain = was?.linksIssued === true && was.status === "sent";
    const isUsedUp = was !== null && !isAgain && (was.mayHaveReached || was.answer !== null);
    const isLeft = resolution !== null && lastLeftAt !== null && resolution.at <= lastLeftAt;
    const may = !erased && settings.enabled && ticket.status === "resolved" && !isUsedUp && !isLeft;
    if (!may) return outcome.kind === "not_issued" && is === was;
    if (isAgain) return outcome.kind === "issued" && is === was;
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
