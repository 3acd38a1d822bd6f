import { acceptedLocales } from "@csat/core";
import { type ColorScheme, documentOf } from "./document.ts";
import { csatViewScript } from "./generated/csat-view.ts";
import { pageScript } from "./generated/page.ts";
import { toText } from "./html.ts";
import { previewOf } from "./settings/preview-document.ts";
import { stylesheet } from "./style/stylesheet.ts";
import { type AllTexts, allTexts } from "./texts/all-texts.ts";
import type { ViewTexts } from "./texts/view-texts.ts";
import { type Wording, wordingFor } from "./texts/wording.ts";
import type { ViewContext } from "./view-context.ts";
import { viewOf } from "./views.ts";

/** How the views of `csatViews` are drawn. */
export interface CsatViewsOptions {
  /** The handler's `basePath`: views link to its routes. */
  readonly basePath: string;
  /** The time that "2 hours ago" counts from; by default the system's. */
  readonly now?: () => Date;
  /** BCP 47 tag for sentences, numbers and dates; by default what the browser asks for, else English. */
  readonly locale?: (request: Request) => string | null;
  /**
   * Sentences by BCP 47 locale, over ours or of a language of your own: `viewTexts` has their names. What a locale leaves
   * out is taken from its language, then from English.
   */
  readonly texts?: Readonly<Record<string, ViewTexts>>;
  /** Of views that are pages of their own; `auto` by default. Elsewhere the attribute `data-csat-scheme` around a view says it. */
  readonly colorScheme?: ColorScheme;
  /** Where an operator opens a ticket; without it the views name tickets and link none but those of low ratings. */
  readonly ticketUrl?: (ticketId: string) => string | null;
  /**
   * Puts a view into a page of the host, which loads `assets/csat.css` below `basePath` and, where it wants tooltips
   * and live previews, the module `assets/csat-view.js`. Without it each view is a page of its own.
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
  /**
   * The view as escaped HTML, for a page that the host draws itself, such as a ticket's with its panel. The page loads
   * `assets/csat.css` below `basePath`.
   * @throws Error for a name without a view
   */
  draw(name: string, data: unknown, request: Request): Promise<string>;
  /** A file that views load; null when there is none of this name. */
  asset(name: string): { readonly body: string; readonly type: string } | null;
}

/** The faces for operators, for the handler's option `views`. @throws Error for a locale or a sentence that there is none of */
export function csatViews(options: CsatViewsOptions): CsatViews {
  const all = allTexts(options.texts ?? {});
  return {
    render: async (name, data, request) => {
      const wording = wordingOf(request, options, all);
      const framed = await previewOf(name, data, request, wording);
      if (framed !== null) return framed;
      const view = viewOf(name);
      if (view === null) return Response.json(data);
      const context = contextOf(request, options, wording);
      const title = wording.say(view.title);
      const content = view.draw(data, context);
      if (context.isEmbedded) return fragmentOf(await toText(content), title);
      if (options.layout !== undefined)
        return await options.layout({ name, title, content: await toText(content) }, request);
      return await documentOf({
        title,
        wording,
        colorScheme: options.colorScheme ?? "auto",
        content,
        script: pageScript,
      });
    },
    draw: async (name, data, request) => {
      const view = viewOf(name);
      if (view === null) throw new Error(`There is no view named "${name}".`);
      return await toText(view.draw(data, contextOf(request, options, wordingOf(request, options, all))));
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

function contextOf(
  request: Request,
  { basePath, now, ticketUrl }: CsatViewsOptions,
  wording: Wording,
): ViewContext {
  const base = basePath.replace(/\/+$/u, "");
  return {
    wording,
    now: now?.() ?? new Date(),
    apiPath: `${base}/api`,
    url: new URL(request.url),
    method: request.method,
    isEmbedded: request.headers.has(embedHeader),
    ticketUrl: ticketUrl ?? (() => null),
  };
}

// What the host says, else the dearest that the browser asks for.
function wordingOf(request: Request, { locale }: CsatViewsOptions, all: AllTexts): Wording {
  const given = locale?.(request) ?? null;
  return wordingFor(given === null ? acceptedLocales(request.headers.get("accept-language")) : [given], all);
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
