import { showLowRatings, showMetrics, showResponses } from "./analytics-api.ts";
import { leaveOut, letIn } from "./asking-api.ts";
import type { OperatorAnswer, OperatorCall, PublicCall } from "./call.ts";
import { eraseCustomer, exportCustomer, importSuppressions } from "./customer-data-api.ts";
import { liftSuppression, listSuppressed, lookUpCustomer, suppressCustomer } from "./customers-api.ts";
import { excludeAnswer, restoreAnswer } from "./exclusions-api.ts";
import type { Action } from "./handler-options.ts";
import { changeOptOut, refuseOptOut, showOptOut } from "./opt-out.ts";
import { showOwnMetrics, showOwnResponses } from "./own-analytics-api.ts";
import { explainTicket, showPanel } from "./panel-api.ts";
import { downloadResponses } from "./responses-csv.ts";
import { ledTo } from "./return-path.ts";
import {
  changeSettings,
  changeSettingsByForm,
  previewSettings,
  readSettings,
  showPreview,
} from "./settings-api.ts";
import { simulateSettings } from "./simulate-api.ts";
import { showSurvey } from "./survey-page.ts";
import { answerSurvey, turnAway } from "./survey-post.ts";
import { issueLinks, recordAnswer } from "./ticket-answers-api.ts";
import { listEvents, replayEvent, replayEvents, sendTestEvent } from "./webhooks-api.ts";

/** A path for every browser, or for operators who may do its action. HEAD is answered wherever GET is. */
export type Route =
  | { readonly path: string; readonly action: "asset"; readonly methods: Methods<true> }
  | {
      readonly path: string;
      readonly action: Action["kind"];
      readonly methods: Methods<(call: OperatorCall) => Promise<OperatorAnswer>>;
    };

/** A function per method; HEAD goes with GET. */
export type Methods<Handle> = Readonly<Partial<Record<"GET" | "PUT" | "POST", Handle>>>;

/** A path for everybody who has the link that a mail holds. */
export interface VisitorRoute {
  readonly path: `${string}/:token`;
  readonly methods: Methods<(call: PublicCall) => Promise<Response>>;
  /** Answers who is turned away: too many requests, or a page of another site. */
  readonly refuse: (call: PublicCall, error: unknown) => Promise<Response>;
  /** Whether pages of `surveyOrigins` and `frameAncestors` are let in, and other sites' scripts kept out. */
  readonly isOpenToOrigins: boolean;
}

/** The public pages; `mailedLink` says what leads to one. */
export const visitorRoutes: readonly VisitorRoute[] = [
  {
    path: "/r/:token",
    methods: { GET: showSurvey, POST: answerSurvey },
    refuse: turnAway,
    isOpenToOrigins: true,
  },
  {
    path: "/o/:token",
    methods: { GET: showOptOut, POST: changeOptOut },
    refuse: refuseOptOut,
    isOpenToOrigins: false,
  },
];

/** All else that there is below `basePath`. */
export const routes: readonly Route[] = [
  { path: "/assets/:name", action: "asset", methods: { GET: true } },
  {
    path: "/api/settings",
    action: "settings",
    methods: { GET: readSettings, PUT: changeSettings, POST: changeSettingsByForm },
  },
  { path: "/api/settings/preview", action: "settings", methods: { GET: showPreview, POST: previewSettings } },
  {
    path: "/api/settings/simulate",
    action: "settings",
    methods: { GET: insteadRead("../settings"), POST: simulateSettings },
  },
  { path: "/api/tickets/:ticketId", action: "ticket", methods: { GET: showPanel } },
  { path: "/api/tickets/:ticketId/explain", action: "ticket", methods: { GET: explainTicket } },
  { path: "/api/tickets/:ticketId/links", action: "links", methods: { POST: issueLinks } },
  { path: "/api/tickets/:ticketId/answers", action: "answers", methods: { POST: recordAnswer } },
  { path: "/api/tickets/:ticketId/leave-out", action: "asking", methods: { POST: leaveOut } },
  { path: "/api/tickets/:ticketId/let-in", action: "asking", methods: { POST: letIn } },
  { path: "/api/tickets/:ticketId/exclude", action: "exclusions", methods: { POST: excludeAnswer } },
  { path: "/api/tickets/:ticketId/restore", action: "exclusions", methods: { POST: restoreAnswer } },
  { path: "/api/analytics", action: "analytics", methods: { GET: showMetrics } },
  { path: "/api/analytics/low-ratings", action: "analytics", methods: { GET: showLowRatings } },
  { path: "/api/analytics/responses", action: "analytics", methods: { GET: showResponses } },
  { path: "/api/analytics/responses.csv", action: "analytics", methods: { GET: downloadResponses } },
  { path: "/api/my/analytics", action: "own_analytics", methods: { GET: showOwnMetrics } },
  { path: "/api/my/analytics/responses", action: "own_analytics", methods: { GET: showOwnResponses } },
  { path: "/api/customers/suppressed", action: "customers", methods: { GET: listSuppressed } },
  {
    path: "/api/customers/lookup",
    action: "customers",
    methods: { GET: insteadRead("suppressed"), POST: lookUpCustomer },
  },
  { path: "/api/customers/suppress", action: "customers", methods: { POST: suppressCustomer } },
  { path: "/api/customers/lift", action: "customers", methods: { POST: liftSuppression } },
  { path: "/api/customers/import", action: "customers", methods: { POST: importSuppressions } },
  { path: "/api/customers/export", action: "customers", methods: { POST: exportCustomer } },
  { path: "/api/customers/erase", action: "customers", methods: { POST: eraseCustomer } },
  { path: "/api/webhooks", action: "webhooks", methods: { GET: listEvents } },
  { path: "/api/webhooks/test", action: "webhooks", methods: { POST: sendTestEvent } },
  { path: "/api/webhooks/replay", action: "webhooks", methods: { POST: replayEvents } },
  { path: "/api/webhooks/:eventId/replay", action: "webhooks", methods: { POST: replayEvent } },
];

/** What a form answers with a page stands at the form's address: whoever loads that again is led to where the form was. */
function insteadRead(location: string) {
  return async () => ledTo(location);
}
