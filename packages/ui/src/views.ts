import type { ExplainedEntry, ExportedResponse, OutboxEvent, Page, SuppressedCustomer } from "@csat/core";
import { type CustomerData, customerView } from "./customers/customer-view.ts";
import { suppressedCustomersView } from "./customers/suppressed-customers-view.ts";
import { type AnalyticsData, analyticsView } from "./dashboard/analytics-view.ts";
import { type LowRatingsPage, lowRatingsView } from "./dashboard/low-ratings-view.ts";
import { type OwnData, ownResponsesView, ownView } from "./dashboard/own-view.ts";
import { type ResponsesPage, responsesView } from "./dashboard/responses-view.ts";
import { errorView, type Refusal } from "./error-view.ts";
import type { Html } from "./html.ts";
import { explainView } from "./panel/explain-view.ts";
import { type TicketPanelData, ticketPanelView } from "./panel/ticket-panel-view.ts";
import {
  type SettingsData,
  type SettingsRefused,
  type SettingsTried,
  settingsRefusedView,
  settingsTriedView,
  settingsView,
} from "./settings/settings-view.ts";
import type { PlainKey } from "./texts/view-texts.ts";
import type { ViewContext } from "./view-context.ts";
import { type Replayed, webhookReplayedView } from "./webhooks/webhook-replayed-view.ts";
import { type TestedEndpoint, webhookTestedView } from "./webhooks/webhook-tested-view.ts";
import { webhooksView } from "./webhooks/webhooks-view.ts";

/** One view: its tab's title and its content. The handler passes each the data that stands for its name. */
export interface View {
  readonly title: PlainKey;
  draw(data: unknown, context: ViewContext): Html;
}

/** The view of this name; null when there is none. */
export function viewOf(name: string): View | null {
  return Object.hasOwn(views, name) ? (views[name] ?? null) : null;
}

const views: Readonly<Record<string, View>> = {
  // The handler's `ViewData` says what each name is given.
  "ticket-panel": {
    title: "surveys",
    draw: (data, context) => ticketPanelView(data as TicketPanelData, context),
  },
  explain: {
    title: "decided",
    draw: (data, context) => explainView(data as readonly ExplainedEntry[], context),
  },
  settings: {
    title: "settings",
    draw: (data, context) => settingsView(data as SettingsData, context),
  },
  "settings-refused": {
    title: "settings",
    draw: (data, context) => settingsRefusedView(data as SettingsRefused, context),
  },
  "settings-simulation": {
    title: "settings",
    draw: (data, context) => settingsTriedView(data as SettingsTried, context),
  },
  analytics: {
    title: "surveys",
    draw: (data, context) => analyticsView(data as AnalyticsData, context),
  },
  responses: {
    title: "responses",
    draw: (data, context) => responsesView(data as ResponsesPage, context),
  },
  "own-analytics": {
    title: "ownSurveys",
    draw: (data, context) => ownView(data as OwnData, context),
  },
  "own-responses": {
    title: "responses",
    draw: (data, context) => ownResponsesView(data as Page<ExportedResponse>, context),
  },
  "low-ratings": {
    title: "followUp",
    draw: (data, context) => lowRatingsView(data as LowRatingsPage, context),
  },
  "suppressed-customers": {
    title: "suppressedCustomers",
    draw: (data, context) => suppressedCustomersView(data as Page<SuppressedCustomer>, context),
  },
  customer: {
    title: "whatStands",
    draw: (data, context) => customerView(data as CustomerData, context),
  },
  webhooks: {
    title: "webhooks",
    draw: (data, context) => webhooksView(data as Page<OutboxEvent>, context),
  },
  "webhook-replayed": {
    title: "webhooks",
    draw: (data, context) => webhookReplayedView(data as Replayed, context),
  },
  "webhook-tested": {
    title: "testEvent",
    draw: (data, context) => webhookTestedView(data as readonly TestedEndpoint[], context),
  },
  error: { title: "failed", draw: (data, context) => errorView(data as Refusal, context) },
};
