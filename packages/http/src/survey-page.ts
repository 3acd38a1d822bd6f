import { acceptedLocales, CsatError, isCsatError, type PublicSurvey, usableTheme } from "@csat/core";
import { prefersJson } from "./accept.ts";
import type { PublicCall } from "./call.ts";
import { describeError } from "./error-body.ts";
import { errorResponse } from "./error-response.ts";
import type { Look } from "./pages/layout.ts";
import { chooseLocale } from "./pages/locale.ts";
import { recordedPage, tryAgainPage, unknownLinkPage } from "./pages/notices.ts";
import { pageResponse } from "./pages/page-response.ts";
import { surveyForm } from "./pages/survey-form.ts";
import { nothingTyped, preselectedRating } from "./parse-answer.ts";
import { surveyData } from "./survey-data.ts";

/**
 * GET /r/:token — shows the survey, or that it is answered. Reads only, whatever the query, the headers or a body say;
 * `?rating=` merely chooses a radio button. Who prefers JSON gets the survey as data.
 */
export async function showSurvey(call: PublicCall): Promise<Response> {
  try {
    const survey = await findSurvey(call);
    const look = lookOf(call, survey);
    if (prefersJson(call.request)) return surveyData(call, survey, look);
    if (survey.state === "answered") return await pageResponse(200, recordedPage(look, survey.respondedAt));
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

/** Answers a visit that cannot be served: the friendly page, or JSON to those who ask for it. */
export async function refuseVisit(call: PublicCall, error: unknown): Promise<Response> {
  const { status } = describeError(error);
  if (status >= 500) call.options.report(error);
  if (prefersJson(call.request)) return errorResponse(error);
  const look = plainLook(call);
  if (status === 404) return await pageResponse(status, unknownLinkPage(look));
  const rating = preselectedRating(call.url);
  const said =
    status === 429
      ? ({ what: "tooManyRequests", advice: "tooManyRequestsAdvice", rating } as const)
      : ({ what: "notShown", advice: "failureAdvice", rating } as const);
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

/** How a survey's pages look: its workspace's theme, its customer's language, else the browser's. */
export function lookOf(call: PublicCall, survey: PublicSurvey | null): Look {
  if (survey === null) return plainLook(call);
  const wanted = [...(survey.locale === null ? [] : [survey.locale]), ...languagesOf(call.request)];
  return {
    workspaceName: survey.workspaceName,
    theme: usableTheme(survey.theme),
    colorScheme: call.options.colorScheme,
    locale: chooseLocale(call.options.texts, wanted),
  };
}

// The same for every link that leads nowhere.
function plainLook({ request, options }: PublicCall): Look {
  const locale = chooseLocale(options.texts, languagesOf(request));
  const { colorScheme } = options;
  return { workspaceName: null, theme: usableTheme(null), colorScheme, locale };
}

function languagesOf(request: Request): readonly string[] {
  return acceptedLocales(request.headers.get("accept-language"));
}
