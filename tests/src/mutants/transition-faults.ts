import type { Fault } from "./fault.ts";

/** A fault in one branch of the transition. */
export type TransitionFault = Omit<Fault, "caughtBy">;

/** A fault of one file of the transition, or of a path below the core's sources. */
export const fault = (file: string, name: string, right: string, wrong: string): TransitionFault => ({
  name,
  file: `core/src/${file.includes("/") ? file : `policy/transition/${file}`}.ts`,
  right,
  wrong,
});

/** Faults in what events of hosts, customers and admins do. */
const byOthers: readonly TransitionFault[] = [
  fault("resolved", "a tombstone is told who resolved it", "if (before.erased)", "if (false)"),
  fault("resolved", "surveys that are off are armed", 'if (decision.kind === "not_surveyed")', "if (false)"),
  fault("resolved", "a second mail", "survey !== null && isUsedUp(survey)", "false"),
  fault("resolved", "one left at that time arms", "at <= lastLeftAt", "at < lastLeftAt"),
  fault("resolved", "a repeat arms again", "if (at <= survey.resolvedAt)", "if (at < survey.resolvedAt)"),
  fault("resolved", "what was skipped stays so", ' || status === "skipped"', ""),
  fault(
    "resolved",
    "the earlier one is remembered",
    "at <= survey.remembered.resolvedAt",
    "at >= survey.remembered.resolvedAt",
  ),
  fault("resolved", "the wait forgets the send", " || survey.remembered?.duringSend === true", ""),
  fault("resolved", "nothing came during a send", 'survey.status === "sending" ||', "false ||"),
  fault("resolved", "a maybe-delivered mail is none", "return mayHaveReached &&", "return false &&"),
  fault("resolved", "the latest resolver counts", "apart < 0", "apart > 0"),
  fault(
    "resolved",
    "an automation comes first",
    "if (one.actorId === null) return false",
    "if (one.actorId === null) return true",
  ),
  fault(
    "resolved",
    "the larger actor id counts",
    "one.actorId, other.actorId) < 0",
    "one.actorId, other.actorId) > 0",
  ),
  fault(
    "resolved",
    "a status to come is taken over",
    'if (survey.status !== "scheduled" && survey.status !== "sending")',
    "if (false)",
  ),
  fault("left", "a tombstone is told when it was left", "if (before.erased)", "if (false)"),
  fault("left", "one left at the resolution is stale", "event.at < resolvedAt", "event.at <= resolvedAt"),
  fault(
    "left",
    "a stale leaving ends the send",
    '(status === "scheduled" || status === "sending") && isStale',
    'status === "scheduled" && isStale',
  ),
  fault(
    "left",
    "armed again after a maybe-delivered mail",
    "remembered.resolvedAt > at && !mayHaveReached",
    "remembered.resolvedAt > at",
  ),
  fault(
    "left",
    "armed from what was left as well",
    "remembered.resolvedAt > at && !mayHaveReached",
    "remembered.resolvedAt >= at && !mayHaveReached",
  ),
  fault(
    "left",
    "the second of two leavings at a time counts",
    "at <= leftMeanwhile.at",
    "at < leftMeanwhile.at",
  ),
  fault(
    "left",
    "a leaving in the send forgets nothing",
    "remembered: remembered !== null && remembered.resolvedAt > at ? remembered : null",
    "remembered",
  ),
  fault("left", "the earliest leaving is kept", "at <= state.lastLeftAt", "at >= state.lastLeftAt"),
  fault(
    "left",
    "a repeat is told as too late",
    'outcome.kind === "too_late" && !isRepeat',
    'outcome.kind === "too_late"',
  ),
  fault(
    "left",
    "too late is not said after the answer",
    'status === "sent" || status === "answered"',
    'status === "sent"',
  ),
  fault("left", "an arming is not told", "if (outcome.rearmed !== undefined)", "if (false)"),
  fault("answered", "a second answer counts", 'if (state.survey?.status === "answered")', "if (false)"),
  fault("issued", "links for a tombstone", "if (before.erased)", "if (false)"),
  fault("issued", "links after a mail", "const isUsedUp = !again &&", "const isUsedUp = false &&"),
  fault("issued", "more links, more sends", "if (again) return { state", "if (false) return { state"),
  fault(
    "issued",
    "links of one left then",
    "resolution.at <= state.lastLeftAt",
    "resolution.at < state.lastLeftAt",
  ),
  fault("answered", "an answer moves the send", "survey.sentAt ?? survey.sendBegunAt", "survey.sendBegunAt"),
  fault("answered", "an answer makes nothing sent", "survey.sentAt ?? survey.sendBegunAt", "survey.sentAt"),
  fault("by-hand", "a tombstone is erased again", "if (state.erased)", "if (false)"),
  fault(
    "by-hand",
    "a tombstone keeps the resolver",
    "...nothingKnown, erased: true",
    "...state, survey: null, erased: true",
  ),
  fault(
    "by-hand",
    "refused ones are sent again unasked",
    'survey?.status === "failed" && reasons.some((reason) => reason === survey.reason)',
    'survey?.status === "failed"',
  ),
  fault("by-hand", "a maybe-delivered mail is sent again", "|| survey.mayHaveReached", ""),
  fault("by-hand", "what was left since is sent again", "lastLeftAt >= survey.resolvedAt", "false"),
  fault(
    "by-hand",
    "what was left at that time is sent again",
    "lastLeftAt >= survey.resolvedAt",
    "lastLeftAt > survey.resolvedAt",
  ),
  fault("by-hand", "attempts go on where they ended", "    attempts: 0,\n", ""),
];

/** Faults in what events of workers do. */
const byWorkers: readonly TransitionFault[] = [
  fault(
    "at-work",
    "an older generation ends the send",
    'survey?.status !== "sending" || survey.generation !== generation',
    'survey?.status !== "sending"',
  ),
  fault("at-work", "anybody ends the send", "begun?.leaseId === leaseId ?", "begun != null ?"),
  fault(
    "at-work",
    "an older generation is begun",
    "survey === null || survey.generation !== generation",
    "survey === null",
  ),
  fault("at-work", "its own send is taken over", "survey.begun?.leaseId !== leaseId", "true"),
  fault(
    "at-work",
    "a crashed send is never taken over",
    'survey.status === "sending" && survey',
    "false && survey",
  ),
  fault("begun", "a repeat counts an attempt", "sendOf(state, event) !== null", "false"),
  fault("begun", "attempts are not counted", "attempts: survey.attempts + 1", "attempts: survey.attempts"),
  fault("begun", "a send reaches nobody", "mayHaveReached: true", "mayHaveReached: survey.mayHaveReached"),
  fault(
    "begun",
    "earlier mails are forgotten",
    "reachedBefore: survey.mayHaveReached",
    "reachedBefore: false",
  ),
  fault(
    "begun",
    "a left ticket's send is repeated",
    "leftMeanwhile !== null && remembered === null",
    "false",
  ),
  fault(
    "begun",
    "one resolved again is not",
    "leftMeanwhile !== null && remembered === null",
    "leftMeanwhile !== null",
  ),
  fault(
    "sent",
    "an outage is told once for ever",
    "countsAsAttempt || !held.putOffFor.includes(outage)",
    "countsAsAttempt",
  ),
  fault("sent", "an outage is told each time", "countsAsAttempt || !held.putOffFor.includes(outage)", "true"),
  fault(
    "sent",
    "what was known before the send counts",
    "retryAt === null && remembered.duringSend",
    "retryAt === null",
  ),
  fault(
    "sent",
    "a busy server restarts the delay",
    "retryAt === null && remembered.duringSend",
    "remembered.duringSend",
  ),
  fault("sent", "left and resolved again is forgotten", "leftMeanwhile !== null || (retryAt", "(retryAt"),
  fault("sent", "armed again after a maybe-delivered mail", "counts && !mayHaveReached", "counts"),
  fault(
    "sent",
    "refused hides a maybe-delivered mail",
    'mayHaveReached ? "indeterminate" : reason',
    "reason",
  ),
  fault("sent", "a left ticket is mailed again", "if (leftMeanwhile !== null)", "if (false)"),
  fault(
    "sent",
    "an outage burns an attempt",
    "countsAsAttempt ? survey.attempts : survey.attempts - 1",
    "survey.attempts",
  ),
  fault(
    "sent",
    "a refusal gives all mails back",
    "tookNothing ? survey.begun.reachedBefore",
    "tookNothing ? false",
  ),
  fault("sent", "an unknown fate is a refusal", ": survey.mayHaveReached", ": survey.begun.reachedBefore"),
  fault(
    "sent",
    "a counted attempt is an outage",
    "countsAsAttempt ? [] : saidOf(survey, outage)",
    "saidOf(survey, outage)",
  ),
  fault("not-sent", "a skip arms after a maybe-delivered mail", "isNews && !mayHaveReached", "isNews"),
  fault(
    "not-sent",
    "a skip forgets what came in a send",
    "remembered.duringSend || rememberedAt",
    "rememberedAt",
  ),
  fault(
    "not-sent",
    "a skip takes what it knew for news",
    "remembered.resolvedAt > rememberedAt",
    "remembered.resolvedAt >= rememberedAt",
  ),
  fault(
    "not-sent",
    "a skip knows everything",
    "rememberedAt === null || remembered",
    "rememberedAt !== null && remembered",
  ),
  fault("not-sent", "a left ticket is put off", "if (leftMeanwhile !== null)", "if (false)"),
  fault("not-sent", "a reason is told each time", "survey.putOffFor.includes(word) ? []", "false ? []"),
  fault(
    "not-sent",
    "crashes are told as used-up attempts",
    'reason: "indeterminate", journal',
    'reason: "attempts_used_up", journal',
  ),
  fault("not-sent", "a takeover is not told", 'status === "sending" ? [told', "false ? [told"),
];

/** Faults in what all of them build on. */
const beneath: readonly TransitionFault[] = [
  fault("ticket-state", "generations do not count", "survey.generation + 1", "survey.generation"),
  fault(
    "ticket-state",
    "an arming has its old attempts",
    "    firstDueAt: dueAt,\n    attempts: 0,\n    putOffFor",
    "    firstDueAt: dueAt,\n    putOffFor",
  ),
  fault(
    "ticket-state",
    "an ending keeps what it remembers",
    "begun: null, remembered: null, leftMeanwhile",
    "begun: null, leftMeanwhile",
  ),
  fault(
    "ticket-state",
    "an ending keeps the leaving",
    "remembered: null, leftMeanwhile: null }",
    "remembered: null }",
  ),
  fault("step", "no event is a repeat", "state.recent.includes(event)", "false"),
  fault("step", "every event ever told is remembered", ".slice(-mostRemembered)", ""),
  fault(
    "consequences",
    "an arming keeps the old wake-up",
    'was?.status === "scheduled" && isSameTime(was, is)',
    'was?.status === "scheduled"',
  ),
  fault(
    "consequences",
    "an answer leaves the failed row",
    'status !== "skipped";',
    'status !== "skipped" && status !== "failed";',
  ),
  fault("consequences", "a failed row comes anew with each change", 'was?.status === "failed"', "false"),
  fault("consequences", "a resolver's counts stay behind", "...countsOf(before).map(takenBack), ", ""),
  fault(
    "survey/add-counts",
    "an answer leaves its send unanswered",
    "answered = answer === null ? 0 : 1",
    "answered = 0",
  ),
  fault(
    "flow/ticket-document",
    "whether a mail arrived is not stored",
    "mayHaveReached ? { mayHaveReached }",
    "false ? { mayHaveReached }",
  ),
  fault("flow/ticket-document", "attempts are not stored", "attempts === 0 ? {}", "true ? {}"),
];

/** One fault after the other, in every file of the transition. */
export const transitionFaults: readonly TransitionFault[] = [...byOthers, ...byWorkers, ...beneath];
