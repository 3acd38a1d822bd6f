import type { Fault } from "./fault.ts";

const fault = (file: string, name: string, right: string, wrong: string): Fault => ({
  name,
  file: `memory/src/${file}.ts`,
  right,
  wrong,
});

/** Faults in `@csat/memory`, the reference that others are written after. */
export const memoryFaults: readonly Fault[] = [
  fault(
    "arm",
    "a resolution at the time of the leaving arms",
    "resolvedAt <= lastLeftAt",
    "resolvedAt < lastLeftAt",
  ),
  fault(
    "arm",
    "a repeated event starts the delay anew",
    "given.resolvedAt <= survey.resolvedAt",
    "given.resolvedAt < survey.resolvedAt",
  ),
  fault(
    "arm",
    "a ticket is surveyed again after a mail that may have arrived",
    "return mayHaveReached &&",
    "return false &&",
  ),
  fault(
    "arm",
    "the latest resolution during a send is not kept",
    "resolvedAt <= survey.remembered.resolvedAt",
    "resolvedAt >= survey.remembered.resolvedAt",
  ),
  fault("claim", "what is due exactly now is not claimed", "survey.dueAt > now", "survey.dueAt >= now"),
  fault(
    "claim",
    "leases are ignored",
    "survey.leaseUntil <= leasedAt)",
    "survey.leaseUntil <= leasedAt || true)",
  ),
  fault(
    "claim",
    "leases run on the worker's clock",
    "const leasedAt = tables.leaseClock.now();",
    "const leasedAt = claim.now;",
  ),
  fault(
    "claim",
    "every holder may settle",
    "survey.leaseId === claim.leaseId ?",
    "survey.leaseId !== null ?",
  ),
  fault(
    "claim",
    "the limit of a claim is off by one",
    ".slice(0, Math.max(0, claim.limit))",
    ".slice(0, Math.max(0, claim.limit + 1))",
  ),
  fault(
    "claim",
    "excluded workspaces are claimed",
    "exceptWorkspaces?.includes(survey.workspaceId) === true",
    "exceptWorkspaces?.includes(survey.workspaceId) === undefined",
  ),
  fault("claim", "a begun send is given back", "survey.begun) continue", "!survey) continue"),
  fault("fair-order", "a flood goes first", "one.rank - other.rank ||", "0 ||"),
  fault(
    "settle",
    "the attempt of an outage counts",
    "countsAsAttempt ? survey.attempts : survey.attempts - 1",
    "survey.attempts",
  ),
  fault("settle", "a retry keeps its old time", "dueAt: retryAt }", "dueAt: survey.dueAt }"),
  fault(
    "settle",
    "a lease that ran out may begin",
    "survey.leaseUntil <= leasedAt) return false",
    "false) return false",
  ),
  fault(
    "settle",
    "links of earlier attempts die",
    "tables.ticketOfToken.set(send.tokenHash, ticketKey(survey));",
    "for (const hash of survey.tokenHashes) tables.ticketOfToken.delete(hash); tables.ticketOfToken.set(send.tokenHash, ticketKey(survey));",
  ),
  fault(
    "leave",
    "a stale leaving cancels",
    "leaving.at < survey.resolvedAt ? nothingPending : cancel",
    "false ? nothingPending : cancel",
  ),
  fault(
    "leave",
    "the leaving told last counts, not the latest",
    "leaving.at <= ticket.lastLeftAt)",
    "false)",
  ),
  fault(
    "responses",
    "the last answer wins",
    'if (survey.status === "answered") return { kind: "duplicate" };',
    "",
  ),
  fault(
    "responses",
    "an answer raises no event",
    "if (eventId !== null) raise",
    "if (eventId === null) raise",
  ),
  fault(
    "resolutions",
    "the last resolver counts",
    "if (apart !== 0) return apart < 0;",
    "if (apart !== 0) return apart > 0;",
  ),
  fault(
    "resolutions",
    "a rating stays with the resolver told first",
    "if (survey !== undefined) saveSurvey",
    "if (survey === undefined) saveSurvey",
  ),
  fault(
    "erase",
    "events of erased tickets stay",
    "if (eventId !== null) tables.events.delete",
    "if (eventId === null) tables.events.delete",
  ),
  fault("erase", "the journal of erased tickets stays", "tables.journal.delete(key);", ""),
  fault("outbox", "settled events come again", "if (row.settled ||", "if ("),
  fault(
    "outbox",
    "a replay makes a delivery without resetting its attempts",
    'state: "pending", attempts: 0',
    'state: "pending"',
  ),
  fault("metrics", "windows hold their end", "from <= at && at < until", "from <= at && at <= until"),
  fault(
    "metrics",
    "other workspaces are counted",
    "if (row.workspaceId !== query.workspaceId) return false;",
    "",
  ),
  fault(
    "metrics",
    "the filter narrows answers, not sends",
    "sendRows(tables).filter((send) => isAskedFor(send, query))",
    "sendRows(tables).filter((send) => isAskedFor(send, { workspaceId: query.workspaceId }))",
  ),
  fault(
    "journal",
    "entries of a ticket are in the order of writing",
    "one.at.getTime() - other.at.getTime()",
    "0",
  ),
  fault(
    "keyset",
    "a page repeats its last row",
    "comparePlaces(placeOf(row), after) < 0",
    "comparePlaces(placeOf(row), after) <= 0",
  ),
  fault(
    "settings",
    "null is no value",
    "change.subject === undefined ? before.subject : change.subject",
    "change.subject ?? before.subject",
  ),
];
