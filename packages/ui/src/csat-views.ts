import type { LowRatingCard, Page, ResponseRow } from "@csat/core";
import { type AnalyticsData, analyticsView } from "./dashboard/analytics-view.ts";
import { lowRatingsView } from "./dashboard/low-ratings-view.ts";
import { responsesView } from "./dashboard/responses-view.ts";
import { documentOf } from "./document.ts";
import { errorView, type Refusal } from "./error-view.ts";
import { csatViewScript } from "./generated/csat-view.ts";
import { pageScript } from "./generated/page.ts";
import { type Html, toText } from "./html.ts";
import { stylesheet } from "./style/stylesheet.ts";
import type { ViewContext } from "./view-context.ts";

/** How the views of `csatViews` are drawn. */
export interface CsatViewsOptions {
  /** The handler's `basePath`: views link to its routes. */
  readonly basePath: string;
  /** The time that "2 hours ago" counts from; by default the system's. */
  readonly now?: () => Date;
  /** BCP 47 tag for numbers and dates; by default what the browser asks for, else English. */
  readonly locale?: (request: Request) => string | null;
  /**
   * Puts a view into a page of the host. The page loads `stylesheetPath` and, where it wants tooltips and live
   * previews, `scriptPath`. Without it each view is a page of its own.
   */
  readonly layout?: (view: LaidOutView, request: Request) => Response | Promise<Response>;
}

/** A view on its way into a page of the host. */
export interface LaidOutView {
  /** The handler's name for it, such as `analytics`. */
  readonly name: string;
  /** Of the tab. */
  readonly title: string;
  /** Escaped HTML. */
  readonly content: string;
}

/** What `createHandler` takes as `views`. */
export interface CsatViews {
  /** Draws the view `name`; data is what `@csat/http` lists for it. JSON for a name without a view. */
  render(name: string, data: unknown, request: Request): Promise<Response>;
  /** A file that views load; null when there is none of this name. */
  asset(name: string): { readonly body: string; readonly type: string } | null;
}

/** One view: its tab's title and its content. The handler passes each the data that stands for its name. */
interface View {
  readonly title: string;
  draw(data: unknown, context: ViewContext): Html;
}

const views: Readonly<Record<string, View>> = {
  // The handler's `ViewData` says what each name is given.
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

/** The faces for operators, for the handler's option `views`. */
export function csatViews(options: CsatViewsOptions): CsatViews {
  return {
    render: async (name, data, request) => {
      const view = Object.hasOwn(views, name) ? views[name] : undefined;
      if (view === undefined) return Response.json(data);
      const context = contextOf(request, options);
      const content = view.draw(data, context);
      if (request.headers.has(embedHeader)) return fragmentOf(await toText(content), view.title);
      if (options.layout !== undefined)
        return await options.layout({ name, title: view.title, content: await toText(content) }, request);
      return await documentOf({ title: view.title, locale: context.locale, content, script: pageScript });
    },
    asset: (name) => (Object.hasOwn(assets, name) ? (assets[name] ?? null) : null),
  };
}

/** Asks for the view alone, to be put into a page that stands already. */
const embedHeader = "x-csat-embed";

const assets: Readonly<Record<string, { readonly body: string; readonly type: string }>> = {
  "csat.css": { body: stylesheet, type: "text/css; charset=utf-8" },
  "csat-view.js": { body: csatViewScript, type: "text/javascript; charset=utf-8" },
};

function contextOf(request: Request, { basePath, now, locale }: CsatViewsOptions): ViewContext {
  const base = basePath.replace(/\/+$/u, "");
  return {
    locale: locale?.(request) ?? preferredLanguage(request),
    now: now?.() ?? new Date(),
    apiPath: `${base}/api`,
    url: new URL(request.url),
    returnPath: null,
  };
}

function preferredLanguage(request: Request): string {
  const [first = ""] = (request.headers.get("accept-language") ?? "").split(",");
  return first.split(";")[0]?.trim() || "en";
}

function fragmentOf(content: string, title: string): Response {
  return new Response(content, {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "x-csat-title": encodeURIComponent(title),
      // Whoever opens the bare fragment gets text without style or script.
      "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
      vary: embedHeader,
    },
  });
}
