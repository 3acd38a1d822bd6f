import {
  acceptedLocales,
  CsatError,
  isCsatError,
  type PublicSurvey,
  type Theme,
  usableTheme,
} from "@csat/core";
import { prefersJson } from "./accept.ts";
import type { PublicCall } from "./call.ts";
import { describeError } from "./error-body.ts";
import { errorResponse } from "./error-response.ts";
import type { Look, PageContent } from "./pages/layout.ts";
import { chooseLocale } from "./pages/locale.ts";
import { expiredPage, recordedPage, tryAgainPage, unknownLinkPage } from "./pages/notices.ts";
import { pageResponse } from "./pages/page-response.ts";
import { surveyForm } from "./pages/survey-form.ts";
import { nothingTyped, preselectedRating } from "./parse-answer.ts";
import { surveyData } from "./survey-data.ts";

/**
 * GET /r/:token — shows the survey, or that it is answered or its time is over. Reads only, whatever the query, the headers or a body say;
 * `?rating=` merely chooses a radio button. Who prefers JSON gets the survey as data.
 */
export async function showSurvey(call: PublicCall): Promise<Response> {
  try {
    const survey = await findSurvey(call);
    const look = lookOf(call, survey);
    if (prefersJson(call.request)) return surveyData(call, survey, look);
    if (survey.state !== "open") return await pageResponse(200, closedPage(look, survey));
    const typed = { ...nothingTyped, rating: preselectedRating(call.url) };
    return await pageResponse(
      200,
      surveyForm({
        look,
        ticketSubject: survey.ticketSubject,
        typed,
        maxCommentLength: call.csat.maxCommentLength ?? null,
        errors: {},
      }),
    );
  } catch (error) {
    return await refuseVisit(call, error);
  }
}

/** The page of a survey that takes no answer any more. */
export function closedPage(look: Look, survey: Exclude<PublicSurvey, { state: "open" }>): PageContent {
  return survey.state === "answered"
    ? recordedPage(look, survey.respondedAt)
    : expiredPage(look, survey.expiredAt);
}

/** Answers a visit that cannot be served: the friendly page, or JSON to those who ask for it. */
export async function refuseVisit(call: PublicCall, error: unknown): Promise<Response> {
  const { status } = describeError(error);
  if (status >= 500) call.options.report(error);
  if (prefersJson(call.request)) return errorResponse(error);
  const look = lookOf(call, null);
  if (status === 404) return await pageResponse(status, unknownLinkPage(look));
  const rating = preselectedRating(call.url);
  const query = rating === null ? "" : `rating=${rating}`;
  const said =
    status === 429
      ? ({ what: "tooManyRequests", advice: "tooManyRequestsAdvice", query } as const)
      : ({ what: "notShown", advice: "failureAdvice", query } as const);
  return await pageResponse(status, tryAgainPage(look, said));
}

/** The survey of the link. @throws CsatError `survey_not_found`, `storage_failed` */
export async function findSurvey({ csat, token }: PublicCall): Promise<PublicSurvey> {
  if (token === null) throw new CsatError("survey_not_found", "The link cannot be decoded.");
  return await csat.openSurvey(token);
}

/** The survey, or null when it cannot be read: for pages that must be drawn all the same. */
export async function glimpse(call: PublicCall): Promise<PublicSurvey | null> {
  try {
    return await findSurvey(call);
  } catch (error) {
    if (!isCsatError(error, "survey_not_found")) call.options.report(error);
    return null;
  }
}

/** What decides how a page looks; each may be unknown. */
interface Shown {
  readonly workspaceName: string | null;
  readonly theme: Theme | null;
  readonly locale: string | null;
}

/** How a page looks: its workspace's theme, its customer's language, else the browser's; null for a link that leads nowhere. */
export function lookOf({ request, options }: PublicCall, shown: Shown | null): Look {
  const { workspaceName, theme, locale } = shown ?? { workspaceName: null, theme: null, locale: null };
  const accepted = acceptedLocales(request.headers.get("accept-language"));
  return {
    workspaceName,
    theme: usableTheme(theme),
    colorScheme: options.colorScheme,
    locale: chooseLocale(options.texts, locale === null ? accepted : [locale, ...accepted]),
  };
}
