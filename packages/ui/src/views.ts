import type { JournalEntry, LowRatingCard, Page, ResponseRow } from "@csat/core";
import { type AnalyticsData, analyticsView } from "./dashboard/analytics-view.ts";
import { lowRatingsView } from "./dashboard/low-ratings-view.ts";
import { responsesView } from "./dashboard/responses-view.ts";
import { errorView, type Refusal } from "./error-view.ts";
import type { Html } from "./html.ts";
import { explainView } from "./panel/explain-view.ts";
import { type TicketPanelData, ticketPanelView } from "./panel/ticket-panel-view.ts";
import type { ViewContext } from "./view-context.ts";

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
  error: { title: "That did not work", draw: (data, context) => errorView(data as Refusal, context) },
};
