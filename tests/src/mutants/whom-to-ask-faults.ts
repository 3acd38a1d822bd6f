import { fault, type TransitionFault } from "./transition-fault.ts";

/** Faults in what is told and kept of whom not to ask. */
export const whomToAskFaults: readonly TransitionFault[] = [
  fault("not-sent", "a no is told again", "no.isRepeat ? []", "false ? []"),
  fault("not-sent", "a rule's other day is no news", "`${reason} ${until.getTime()}`", "reason"),
  fault(
    "not-sent",
    "a plan is told as a failure",
    'told("deferred", now, reason)',
    'told("mail_failed", now, reason)',
  ),
  fault("left-out", "left out, it is sent all the same", 'status === "scheduled"', 'status === "canceled"'),
  fault("left-out", "leaving out is never too late", 'survey?.status === "sending" ||', "false ||"),
  fault("left-out", "a tombstone is left out", "if (before.erased)", "if (false)"),
  fault("left-out", "letting in lets nobody in", "isLeftOut: false", "isLeftOut: true"),
  fault("resolved", "left out, it is armed", "if (isLeftOut)", "if (false)"),
  fault("resolved", "the sample is not looked at", "sample?.isIn === false", "false"),
  fault(
    "resolved",
    "the sample is decided each time",
    "state.sample === null && sample !== null",
    "sample !== null",
  ),
  fault("issued", "links outside of the sample", "state.sample?.isIn === false", "false"),
  fault("issued", "links of one left out", "?? leftOut(state)", "?? null"),
  fault("issued", "links within the cooldown", "?? cooldown(event)", "?? null"),
  fault(
    "reported",
    "a mail that never left came back",
    "survey === null || !survey.mayHaveReached",
    "survey === null",
  ),
  fault(
    "reported",
    "a delay is for good",
    'report.kind === "bounced" && report.isPermanent',
    'report.kind === "bounced"',
  ),
  fault("reported", "a note is told again", ": known.isRepeat;", ": false;"),
  fault("reported", "a bounce is told again", "? survey.bounce !== null\n", "? false\n"),
  fault("reported", "a complaint is told again", "survey.complainedAt !== null", "false"),
  fault(
    "reported",
    "a bounce takes the answer away",
    'survey.status === "sent" || survey.status === "failed"',
    'survey.status !== "sending"',
  ),
  fault("reported", "one given up stays so", ' || survey.status === "failed"', ""),
  fault("reported", "what came back counts as sent", 'reason: "bounced", sentAt: null', 'reason: "bounced"'),
  fault("sent", "the server's yes outweighs the bounce", "if (survey.bounce !== null)", "if (false)"),
];
