import type { Csat } from "./csat.ts";
import { getSettings, getSettingsChange, updateSettings } from "./flow/change-settings.ts";
import { eraseCustomer, exportCustomer } from "./flow/customer-data.ts";
import { getMetrics } from "./flow/dashboard.ts";
import { eraseTickets } from "./flow/erase-tickets.ts";
import { excludeAnswer, restoreAnswer } from "./flow/exclude-answer.ts";
import { explain } from "./flow/explain.ts";
import { exportResponses } from "./flow/export.ts";
import { health } from "./flow/health.ts";
import { issueLinks } from "./flow/issue-links.ts";
import { leaveOut, letIn } from "./flow/leave-out.ts";
import { listLowRatings } from "./flow/low-ratings.ts";
import { mailReported } from "./flow/mail-reported.ts";
import { openSurvey } from "./flow/open-survey.ts";
import { operatorNames } from "./flow/operator-names.ts";
import { openOptOut, optOut, undoOptOut } from "./flow/opt-out.ts";
import { getOwnMetrics } from "./flow/own-metrics.ts";
import { previewEmail } from "./flow/preview-email.ts";
import { recordAnswer } from "./flow/record-answer.ts";
import { recount } from "./flow/recount.ts";
import { replayEvent, replayEvents } from "./flow/replay-events.ts";
import { listResponses } from "./flow/responses.ts";
import { retryFailed } from "./flow/retry-failed.ts";
import { simulatePolicy } from "./flow/simulate-policy.ts";
import { submitResponse } from "./flow/submit-response.ts";
import { importSuppressions, lift, listSuppressed, suppress, suppressionsOf } from "./flow/suppressions.ts";
import { singleOutcome } from "./flow/take-events.ts";
import { ticketsLeft } from "./flow/ticket-left.ts";
import { ticketPanel } from "./flow/ticket-panel.ts";
import { ticketsResolved } from "./flow/ticket-resolved.ts";
import { wakeUpFor } from "./flow/wake-up.ts";
import { listEvents, sendTestEvent } from "./flow/webhook-events.ts";
import { runDue, startWorker } from "./flow/worker.ts";
import type { CsatOptions } from "./options.ts";
import { readOptions } from "./read-options.ts";

/**
 * Wires the ports together. Opens no connection and starts no timer.
 * @throws CsatError `invalid_config`, naming every bad option at once
 */
export function createCsat<Tx = never>(options: CsatOptions<Tx>): Csat<Tx> {
  const context = readOptions(options);
  const { publicUrl, maxCommentLength, slicedBy } = context;
  return {
    publicUrl,
    maxCommentLength,
    slicedBy,
    ticketResolved: async (event, inTransaction) =>
      singleOutcome(await ticketsResolved(context, [event], inTransaction)),
    ticketsResolved: (events, inTransaction) => ticketsResolved(context, events, inTransaction),
    ticketLeft: async (event, inTransaction) =>
      singleOutcome(await ticketsLeft(context, [event], inTransaction)),
    ticketsLeft: (events, inTransaction) => ticketsLeft(context, events, inTransaction),
    afterCommit: (outcomes) => wakeUpFor(context, [outcomes].flat()),
    leaveOut: (refs, by) => leaveOut(context, refs, by),
    letIn: (refs, by) => letIn(context, refs, by),
    issueLinks: (request, inTransaction) => issueLinks(context, request, inTransaction),
    recordAnswer: (answer, inTransaction) => recordAnswer(context, answer, inTransaction),
    startWorker: (worker) => startWorker(context, worker),
    runDue: (run) => runDue(context, run),
    health: () => health(context),
    retryFailed: (workspaceId, which) => retryFailed(context, workspaceId, which),
    openSurvey: (token) => openSurvey(context, token),
    submitResponse: (answer) => submitResponse(context, answer),
    openOptOut: (token) => openOptOut(context, token),
    optOut: (token) => optOut(context, token),
    undoOptOut: (token) => undoOptOut(context, token),
    suppress: (workspaceId, who, by) => suppress(context, { workspaceId, who, by }),
    lift: (workspaceId, who, by) => lift(context, { workspaceId, who, by }),
    suppressionsOf: (workspaceId, who) => suppressionsOf(context, { workspaceId, who }),
    importSuppressions: (workspaceId, suppressions, by) =>
      importSuppressions(context, { workspaceId, suppressions, by }),
    listSuppressed: (workspaceId, page) => listSuppressed(context, workspaceId, page),
    mailReported: (report, inTransaction) => mailReported(context, report, inTransaction),
    exportCustomer: (workspaceId, who) => exportCustomer(context, { workspaceId, who }),
    eraseCustomer: (workspaceId, who) => eraseCustomer(context, { workspaceId, who }),
    getTicketPanel: (ref) => ticketPanel(context, ref),
    explain: (ref) => explain(context, ref),
    nameOperators: (workspaceId, operatorIds) => operatorNames(context, { workspaceId, operatorIds }),
    getSettings: (workspaceId) => getSettings(context, workspaceId),
    getSettingsChange: (workspaceId) => getSettingsChange(context, workspaceId),
    updateSettings: (workspaceId, change, by) => updateSettings(context, { workspaceId, change, by }),
    excludeAnswer: (ref, by, options) => excludeAnswer(context, { ref, by, options }),
    restoreAnswer: (ref, by, options) => restoreAnswer(context, { ref, by, options }),
    simulatePolicy: (workspaceId, request = {}, onProgress) =>
      simulatePolicy(context, { workspaceId, request, onProgress }),
    previewEmail: (workspaceId, change) => previewEmail(context, workspaceId, change),
    getMetrics: (workspaceId, range, filter) => getMetrics(context, { workspaceId, range, query: filter }),
    getOwnMetrics: (workspaceId, operatorId, range) =>
      getOwnMetrics(context, { workspaceId, operatorId, range }),
    listLowRatings: (workspaceId, range, page) =>
      listLowRatings(context, { workspaceId, range, query: page }),
    listResponses: (workspaceId, range, query) => listResponses(context, { workspaceId, range, query }),
    exportResponses: (workspaceId, range, filter) =>
      exportResponses(context, { workspaceId, range, query: filter }),
    recount: (workspaceId) => recount(context, workspaceId),
    listEvents: (workspaceId, query) => listEvents(context, workspaceId, query),
    replayEvent: (workspaceId, eventId, choice, by) =>
      replayEvent(context, { workspaceId, eventId, choice, by }),
    replayEvents: (workspaceId, which, by) => replayEvents(context, { workspaceId, which, by }),
    sendTestEvent: (workspaceId) => sendTestEvent(context, workspaceId),
    eraseTickets: (refs, inTransaction) => eraseTickets(context, refs, inTransaction),
  };
}
