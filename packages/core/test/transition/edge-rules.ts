import { transition } from "../../src/policy/transition/transition.ts";
import { isEqual } from "./canonical.ts";
import { consequenceRules } from "./consequence-rules.ts";
import type { Edge } from "./explore.ts";
import { hostRules } from "./host-rules.ts";
import { workerRules } from "./worker-rules.ts";

/** What has to hold for every event in every state, in plain words with the rule that asks for it. */
export const edgeRules: Readonly<Record<string, (edge: Edge) => boolean>> = {
  ...ofChanges(consequenceRules),
  ...workerRules,
  ...hostRules,
  "S46: the earliest resolution by event time is kept, of equal times the smaller actor, and none is lost": ({
    event,
    before,
    after,
  }) => {
    if (after.erased) return true;
    const [was, is] = [before.firstResolution, after.firstResolution];
    const resolution = event.kind === "issued" ? event.resolution : event.kind === "resolved" ? event : null;
    if (resolution === null) return is === was;
    const told = [...(was === null ? [] : [was]), { at: resolution.at, actorId: resolution.actorId }];
    const rank = ({ at, actorId }: (typeof told)[number]) => `${at.toISOString()} ${actorId ?? "~"}`;
    const [first] = told.map(rank).toSorted();
    return is !== null && rank(is) === first;
  },
  "S20: the latest leaving by event time is kept": ({ event, before, after }) => {
    if (after.erased) return true;
    const was = before.lastLeftAt?.getTime() ?? Number.NEGATIVE_INFINITY;
    const latest = event.kind === "left" ? Math.max(was, event.at.getTime()) : was;
    return (after.lastLeftAt?.getTime() ?? Number.NEGATIVE_INFINITY) === latest;
  },
  "S56: nothing changes a tombstone, and only erasing makes one": ({ event, before, after, journal }) =>
    before.erased ? after === before && journal.length === 0 : after.erased === (event.kind === "erased"),
  "S24, S25: an answered survey stays as it is, but for whether it counts and what is told of its mail": ({
    event,
    before,
    after,
  }) =>
    before.survey?.status !== "answered" ||
    event.kind === "erased" ||
    event.kind === "excluded" ||
    event.kind === "restored" ||
    (event.kind === "reported"
      ? after.survey?.answer === before.survey.answer && after.survey.sentAt === before.survey.sentAt
      : after.survey === before.survey),
  "S73: what comes back for good was never sent, unless it was answered; nothing else that is told later changes the survey":
    ({ event, before: { survey: was }, after: { survey: is } }) => {
      if (event.kind !== "reported") return true;
      const cameBack = event.report.kind === "bounced" && event.report.isPermanent;
      if (was === null || !cameBack || was.status === "sending" || was.status === "answered")
        return was?.status === is?.status && was?.sentAt === is?.sentAt;
      if (!was.mayHaveReached) return was === is;
      return is?.status === "failed" && is.reason === "bounced" && is.sentAt === null && is.mayHaveReached;
    },
  "S17: an answer is taken whatever became of the survey": ({ event, before, after, outcome }) => {
    if (event.kind !== "answered" && event.kind !== "answered_elsewhere")
      return after.survey?.status !== "answered" || before.survey?.status === "answered";
    if (before.survey === null && (event.kind === "answered" || before.erased))
      return outcome.kind === "unknown_token";
    if (before.survey === null) return after.survey?.status === "answered";
    if (before.survey.status === "answered") return outcome.kind === "duplicate";
    return outcome.kind === "recorded" && after.survey?.status === "answered";
  },
  "S4: one mail: what was sent is never sent or armed again": ({ event, before, after }) =>
    before.survey?.status !== "sent" ||
    event.kind === "erased" ||
    event.kind === "answered" ||
    event.kind === "answered_elsewhere" ||
    event.kind === "reported" ||
    // More links of the host move their end alone.
    isEqual({ ...after.survey, linksIssuedAt: null }, { ...before.survey, linksIssuedAt: null }),
  "S1, S5: resolved again, a survey that waits or is being sent keeps all of its times": ({
    event,
    before: { survey: was },
    after: { survey: is },
  }) =>
    event.kind !== "resolved" ||
    was === null ||
    (was.status !== "scheduled" && was.status !== "sending") ||
    (is !== null && isEqual({ ...is, remembered: null }, { ...was, remembered: null })),
  "S4, S5: an arming counts one on, waits its whole delay, and follows only what reached nobody": ({
    event,
    before: { survey: was },
    after: { survey: is, lastLeftAt },
    history,
  }) => {
    // What the host sent or took itself was not armed.
    if (was === null && (event.kind === "issued" || event.kind === "answered_elsewhere")) return true;
    const [old, now] = [was?.generation ?? 0, is?.generation ?? 0];
    if (is === null || now === old) return true;
    return (
      now === old + 1 &&
      is.status === "scheduled" &&
      is.attempts === 0 &&
      is.putOffFor.length === 0 &&
      is.lastError === null &&
      is.remembered === null &&
      !is.mayHaveReached &&
      !history.mayHaveArrived &&
      history.talking === null &&
      is.dueAt.getTime() === is.resolvedAt.getTime() + 3_600_000 &&
      is.firstDueAt.getTime() === is.dueAt.getTime() &&
      (was === null || (is.resolvedAt > was.resolvedAt && is.id === was.id)) &&
      (lastLeftAt === null || is.resolvedAt > lastLeftAt)
    );
  },
  "S12: within a generation nothing moves the time from which lateness counts": ({
    before: { survey: was },
    after: { survey: is },
  }) =>
    was === null ||
    is === null ||
    was.generation !== is.generation ||
    was.firstDueAt.getTime() === is.firstDueAt.getTime(),
  "S10: a send begins for whoever holds the claim, from waiting or from a send that never came back": ({
    event,
    before: { survey: was },
    after: { survey: is },
  }) =>
    is?.status !== "sending" ||
    is.begun === was?.begun ||
    (event.kind === "begun" &&
      (was?.status === "scheduled" || was?.status === "sending") &&
      (was.leftMeanwhile === null || was.remembered !== null) &&
      is.begun?.leaseId === event.leaseId &&
      is.attempts === was.attempts + 1),
  "S12: attempts are counted by sends that begin, taken back by outages, and start anew": ({
    event,
    before: { survey: was },
    after: { survey: is },
  }) => {
    if (was === null || is === null || was.generation !== is.generation || was === is) return true;
    const apart = is.attempts - was.attempts;
    if (event.kind === "begun") return apart === (is.status === "sending" ? 1 : 0);
    if (event.kind === "failed") return apart === (event.countsAsAttempt ? 0 : -1);
    return event.kind === "retried" ? is.attempts === 0 : apart === 0;
  },
  "the same event again changes nothing, its journal included": ({ event, after }) => {
    const again = transition(after, event);
    // A put-off ends the worker's lease: the store lets nobody tell it twice.
    if (event.kind === "put_off") return isEqual(again.state, after) && again.journal.length === 0;
    return again.state === after && again.journal.length === 0;
  },
  "what equals the state before is the state before: nothing is written": ({ event, before, after }) =>
    after === before || event.kind === "put_off" || !isEqual(after, before),
};

/** Where nothing changed and nothing is told there are no consequences. */
function ofChanges(rules: typeof consequenceRules): typeof consequenceRules {
  return Object.fromEntries(
    Object.entries(rules).map(([name, holds]) => [
      name,
      (edge: Edge) => (edge.after === edge.before && edge.journal.length === 0) || holds(edge),
    ]),
  );
}
