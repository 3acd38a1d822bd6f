import type { Edge } from "./explore.ts";

/** What has to hold for every event of a worker. */
export const workerRules: Readonly<Record<string, (edge: Edge) => boolean>> = {
  "S5: a worker of another generation changes nothing": (edge) =>
    !("leaseId" in edge.event) ||
    edge.event.generation === edge.before.survey?.generation ||
    changesNothing(edge),
  "S10, S11: how a send ended is for the worker to say who began it, and for nobody else": (edge) => {
    const { event, before } = edge;
    if (event.kind !== "accepted" && event.kind !== "failed") return true;
    return before.survey?.begun?.leaseId === event.leaseId || changesNothing(edge);
  },
  "S10: who holds a claim ends it before the send begins, or takes over from another": (edge) => {
    const { event, before } = edge;
    if (event.kind !== "skipped" && event.kind !== "put_off" && event.kind !== "gave_up") return true;
    const { status, begun } = before.survey ?? {};
    const may = status === "scheduled" || (status === "sending" && begun?.leaseId !== event.leaseId);
    return may || changesNothing(edge);
  },
  "S10: a leaving during the send is too late, and the send goes on": ({ event, before, after, outcome }) => {
    const { survey } = before;
    if (event.kind !== "left" || survey?.status !== "sending") return true;
    const kind = event.at < survey.resolvedAt ? "nothing_pending" : "too_late";
    return after.survey?.status === "sending" && outcome.kind === kind;
  },
  "S5, S10, S12: what a failed attempt makes of the survey": ({
    event,
    before: { survey },
    after,
    outcome,
  }) => {
    if (event.kind !== "failed" || survey?.status !== "sending" || outcome.kind === "lost") return true;
    const { leftMeanwhile, remembered, begun } = survey;
    const reached = !event.tookNothing || begun?.reachedBefore === true;
    const isLast = event.retryAt === null;
    const counts = remembered !== null && (leftMeanwhile !== null || (isLast && remembered.duringSend));
    if (survey.bounce !== null && reached) return isBounced({ after });
    if (counts && !reached) return outcome.kind === "rearmed";
    if (isLast) return outcome.kind === "failed";
    if (leftMeanwhile !== null) return outcome.kind === "canceled";
    return (
      outcome.kind === "scheduled" &&
      after.survey?.dueAt.getTime() === event.retryAt.getTime() &&
      after.survey.remembered === remembered
    );
  },
  "S5: a skip is news of what came since the claim or during a send": ({
    event,
    before: { survey },
    outcome,
  }) => {
    if (event.kind !== "skipped" || survey === null || outcome.kind === "lost") return true;
    const { remembered, mayHaveReached } = survey;
    const isNews =
      remembered !== null &&
      (remembered.duringSend || event.rememberedAt?.getTime() !== remembered.resolvedAt.getTime());
    return (outcome.kind === "rearmed") === (isNews && !mayHaveReached);
  },
  "S10: what is put off after a leaving during its send is canceled": ({
    event,
    before: { survey },
    outcome,
  }) =>
    event.kind !== "put_off" ||
    outcome.kind === "lost" ||
    (outcome.kind === "canceled") === (survey?.leftMeanwhile != null && survey.bounce === null),
  "S73: a send whose mail came back ends so, also where nobody heard of its end; nothing is repeated": (
    edge,
  ) => {
    const isEnd = ["begun", "skipped", "put_off", "gave_up"].includes(edge.event.kind);
    const cameBack = edge.before.survey !== null && edge.before.survey.bounce !== null;
    return !isEnd || !cameBack || changesNothing(edge) || isBounced(edge);
  },
  "S12: by hand only what was given up for a named reason, reached nobody and was not left since": ({
    event,
    before: { survey, lastLeftAt },
    after,
    outcome,
  }) => {
    if (event.kind !== "retried") return true;
    const may =
      survey?.status === "failed" &&
      event.reasons.some((reason) => reason === survey.reason) &&
      !survey.mayHaveReached &&
      (lastLeftAt === null || lastLeftAt < survey.resolvedAt);
    if (!may) return outcome.kind === "not_failed" && after.survey === survey;
    return (
      outcome.kind === "scheduled" &&
      after.survey?.status === "scheduled" &&
      after.survey.dueAt.getTime() === event.now.getTime()
    );
  },
  "S20: a resolution that arms nothing says why": ({ event, before, outcome }) => {
    if (event.kind !== "resolved") return true;
    const reason = "reason" in outcome ? outcome.reason : null;
    const { survey, lastLeftAt, isLeftOut, firstResolution } = before;
    const sample = firstResolution === null ? (before.sample ?? event.sample) : before.sample;
    const isOver = survey !== null && survey.status !== "scheduled" && survey.status !== "sending";
    if (before.erased) return reason === "already_surveyed";
    if (event.decision.kind === "not_surveyed") return reason === event.decision.reason;
    if (isOver && (survey.mayHaveReached || survey.sentAt !== null)) return reason === "already_surveyed";
    if (lastLeftAt !== null && event.at <= lastLeftAt) return reason === "left_since";
    if (isLeftOut) return reason === "left_out";
    if (sample?.isIn === false) return reason === "sampled_out";
    if (survey !== null && (!isOver || event.at <= survey.resolvedAt)) return reason === "already_scheduled";
    return outcome.kind === "scheduled";
  },
};

function changesNothing({ before, after, outcome, journal }: Edge): boolean {
  const isToldSo = outcome.kind === "lost" || outcome.kind === "answered";
  const isOwnSend = outcome.kind === "begun" && before.survey?.status === "sending";
  return after === before && journal.length === 0 && (isToldSo || isOwnSend);
}

function isBounced({ after: { survey } }: Pick<Edge, "after">): boolean {
  return survey?.status === "failed" && survey.reason === "bounced" && survey.sentAt === null;
}
