import { fault, type TransitionFault } from "./transition-fault.ts";

/** Faults in what all of them build on. */
export const faultsBeneath: readonly TransitionFault[] = [
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
  fault("consequences", "a value counts nothing", ", ...addCounts(sliceCounts(slices, moved))]", "]"),
  fault(
    "consequences",
    "a set is taken for many tickets",
    "startsWith(name) === true",
    "startsWith(name) === null",
  ),
  fault("begun", "what a ticket can be cut by is not kept", "        slices,\n", ""),
  fault("issued", "links keep nothing to be cut by", "    slices,\n", ""),
  fault("consequences", "a resolver's counts stay behind", "[...was.map(takenBack), ...is]", "[...is]"),
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
