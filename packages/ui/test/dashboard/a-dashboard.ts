import type { DailyFigures, LowRatingCard, Metrics, Page, ResolverFigures } from "@csat/core";
import { analyticsView } from "../../src/dashboard/analytics-view.ts";
import { toText } from "../../src/html.ts";
import { allTexts } from "../../src/texts/all-texts.ts";
import { wordingFor } from "../../src/texts/wording.ts";
import type { ViewContext } from "../../src/view-context.ts";

/** What a test asks the view for. */
export interface Asked {
  readonly query?: string;
  readonly locale?: string;
  readonly lowRatings?: Page<LowRatingCard>;
  readonly resolverName?: string;
  readonly slicedBy?: readonly string[];
}

/** A context of the route, asked at 15:00 UTC on 30 November 2026. */
export function aContext(
  route: string,
  { query = "", locale = "en-US" }: Pick<Asked, "query" | "locale"> = {},
): ViewContext {
  return {
    wording: wordingFor([locale], allTexts({})),
    now: new Date("2026-11-30T15:00:00Z"),
    apiPath: "/csat/api",
    url: new URL(`https://desk.example/csat/api/${route}${query}`),
    method: "GET",
    isEmbedded: false,
    ticketUrl: () => null,
  };
}

/** The dashboard as HTML. */
export async function draw(metrics: Metrics, asked: Asked = {}): Promise<string> {
  const lowRatings = asked.lowRatings ?? { items: [], nextCursor: null };
  return await toText(
    analyticsView(
      { metrics, lowRatings, resolverName: asked.resolverName ?? null, slicedBy: asked.slicedBy ?? [] },
      aContext("analytics", asked),
    ),
  );
}

/** The words of a piece of HTML, those for screen readers among them. */
export function wordsOf(html: string): string {
  return decode(html.replace(/<[^>]*>/g, ""))
    .replace(/[\u061C\u200E\u200F]/g, "")
    .replace(/\s+/g, " ")
    .trim();
}

/** The HTML from `start` to the end of its section. */
export function sectionOf(html: string, start: string): string {
  const from = html.indexOf(start);
  if (from === -1) throw new Error(`there is no ${start}`);
  return html.slice(from, html.indexOf("</section>", from));
}

/** The card of one figure, as words. */
export function figureOf(html: string, figure: string): string {
  return wordsOf(`<${sectionOf(html, `data-figure="${figure}"`)}`);
}

/** Where the links of a piece of HTML lead, in their order. */
export function linksOf(html: string): readonly string[] {
  return Array.from(html.matchAll(/<a [^>]*?href="([^"]*)"/g), ([, href = ""]) => decode(href));
}

function decode(text: string): string {
  return text
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, "&");
}

/** A week of 1,248 answers, better than the one before. */
export function someMetrics(changes: Partial<Metrics> = {}): Metrics {
  return {
    current: {
      from: "2026-11-24",
      to: "2026-11-30",
      sent: 3284,
      responses: 1248,
      averageRating: 4.32,
      averageRatingInterval: { low: 4.27, high: 4.37 },
      responseRate: 0.38,
      responseRateInterval: { low: 0.36, high: 0.4 },
      satisfiedShare: 0.86,
      satisfiedShareInterval: { low: 0.84, high: 0.88 },
      distribution: { 1: 40, 2: 35, 3: 100, 4: 371, 5: 702 },
      isSmall: false,
    },
    previous: {
      from: "2026-11-17",
      to: "2026-11-23",
      sent: 2880,
      responses: 1152,
      averageRating: 4.21,
      averageRatingInterval: { low: 4.15, high: 4.27 },
      responseRate: 0.4,
      responseRateInterval: { low: 0.38, high: 0.42 },
      satisfiedShare: 0.83,
      satisfiedShareInterval: { low: 0.81, high: 0.85 },
      distribution: { 1: 50, 2: 46, 3: 100, 4: 372, 5: 584 },
      isSmall: false,
    },
    delta: {
      averageRating: 0.11,
      responseRate: -2,
      satisfiedShare: 3,
      responses: 96,
      tests: {
        averageRating: { pValue: 0.006, isBeyondNoise: true },
        responseRate: { pValue: 0.11, isBeyondNoise: false },
        satisfiedShare: { pValue: 0.04, isBeyondNoise: true },
      },
    },
    cohort: { sent: 3284, answered: 1346, rate: 0.41, rateInterval: { low: 0.39, high: 0.43 } },
    daily: someDays([4, 0, 2, 8, 1, 1, 1], [4, null, 3, 5, 4, 4, 4]),
    byResolver: [anOperator()],
    resolverRankability: null,
    bySlice: null,
    byChannel: [],
    notAsked: { total: 0, byReason: [], daily: [] },
    sampling: { percents: [100] },
    benchmark: { responseRate: { low: 0.15, high: 0.4 } },
    ...changes,
  };
}

/** Days from 24 November 2026 on, each with 10 surveys sent. */
export function someDays(
  responses: readonly number[],
  averages: readonly (number | null)[],
): readonly DailyFigures[] {
  return responses.map((count, index) => ({
    day: new Date(Date.UTC(2026, 10, 24 + index)).toISOString().slice(0, 10),
    responses: count,
    sent: 10,
    averageRating: averages[index] ?? null,
  }));
}

/** Ann, first of all. */
export function anOperator(changes: Partial<ResolverFigures> = {}): ResolverFigures {
  return {
    actorId: "ann",
    name: "Ann",
    responses: 51,
    averageRating: 4.45,
    averageRatingInterval: { low: 4.2, high: 4.7 },
    estimate: 4.4,
    estimateInterval: { low: 4.2, high: 4.6 },
    place: null,
    ...changes,
  };
}

/** A 1 given two hours ago, for a ticket that Carol has. */
export function aLowRating(
  changes: Partial<LowRatingCard> = {},
  answer: Partial<LowRatingCard["response"]> = {},
): LowRatingCard {
  return {
    response: {
      workspaceId: "acme",
      ticketId: "T1",
      surveyId: "s1",
      rating: 1,
      comment: "Still broken.",
      respondedAt: new Date("2026-11-30T13:00:00Z"),
      ...answer,
    },
    subject: "Printer on fire",
    url: "/tickets/T1",
    assignee: { id: "carol", name: "Carol" },
    ...changes,
  };
}
