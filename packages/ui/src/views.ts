import type {
  JournalEntry,
  LowRatingCard,
  OutboxEvent,
  Page,
  ResponseRow,
  WorkspaceSettings,
} from "@csat/core";
import { type AnalyticsData, analyticsView } from "./dashboard/analytics-view.ts";
import { lowRatingsView } from "./dashboard/low-ratings-view.ts";
import { responsesView } from "./dashboard/responses-view.ts";
import { errorView, type Refusal } from "./error-view.ts";
import type { Html } from "./html.ts";
import { explainView } from "./panel/explain-view.ts";
import { type TicketPanelData, ticketPanelView } from "./panel/ticket-panel-view.ts";
import { type SettingsRefused, settingsRefusedView, settingsView } from "./settings/settings-view.ts";
import type { ViewContext } from "./view-context.ts";
import { type Replayed, webhookReplayedView } from "./webhooks/webhook-replayed-view.ts";
import { type TestedEndpoint, webhookTestedView } from "./webhooks/webhook-tested-view.ts";
import { webhooksView } from "./webhooks/webhooks-view.ts";

/** One view: its tab's title and its content. The handler passes each the data that stands for its name. */
export interface View {
  readonly title: string;
  draw(data: unknown, context: ViewContext): Html;
  /** What the view tells of somebody; their names are looked up before it is drawn. */
  readonly journal?: (data: unknown) => readonly JournalEntry[];
}

/** The view of this name; null when there is none. */
export function viewOf(name: string): View | null {
  return Object.hasOwn(views, name) ? (views[name] ?? null) : null;
}

const views: Readonly<Record<string, View>> = {
  // The handler's `ViewData` says what each name is given.
  "ticket-panel": {
    title: "Customer satisfaction",
    draw: (data, context) => ticketPanelView(data as TicketPanelData, context),
    journal: (data) => (data as TicketPanelData).journal,
  },
  explain: {
    title: "What was decided about this survey",
    draw: (data, context) => explainView(data as readonly JournalEntry[], context),
    journal: (data) => data as readonly JournalEntry[],
  },
  settings: {
    title: "Survey settings",
    draw: (data, context) => settingsView(data as WorkspaceSettings, context),
  },
  "settings-refused": {
    title: "Survey settings",
    draw: (data, context) => settingsRefusedView(data as SettingsRefused, context),
  },
  analytics: {
    title: "Customer satisfaction",
    draw: (data, context) => analyticsView(data as AnalyticsData, context),
  },
  responses: {
    title: "Responses",
    draw: (data, context) => responsesView(data as Page<ResponseRow>, context),
  },
  "low-ratings": {
    title: "Follow up: rated 1 or 2",
    draw: (data, context) => lowRatingsView(data as Page<LowRatingCard>, context),
  },
  webhooks: {
    title: "Webhook deliveries",
    draw: (data, context) => webhooksView(data as Page<OutboxEvent>, context),
  },
  "webhook-replayed": {
    title: "Webhook deliveries",
    draw: (data, context) => webhookReplayedView(data as Replayed, context),
  },
  "webhook-tested": {
    title: "Test event",
    draw: (data, context) => webhookTestedView(data as readonly TestedEndpoint[], context),
  },
  error: { title: "That did not work", draw: (data, context) => errorView(data as Refusal, context) },
};
