import type { PublicSurvey } from "@csat/core";
import type { PublicCall } from "./call.ts";
import { jsonResponse } from "./error-response.ts";
import type { Look } from "./pages/layout.ts";

/**
 * The survey as data, for a page of the host's own: what our page shows, in the language that it would be in. `texts` has
 * its placeholders still. An answered one has no subject and says
 * when the answer came, an expired one when its link ended.
 */
export function surveyData({ csat }: PublicCall, survey: PublicSurvey, { theme, locale }: Look): Response {
  const { tag, direction, texts } = locale;
  return jsonResponse(
    200,
    {
      state: survey.state,
      ...factsOf(survey),
      workspace: survey.workspaceName,
      maxCommentLength: csat.maxCommentLength ?? null,
      locale: tag,
      direction,
      theme,
      texts,
    },
    { vary: "Accept, Accept-Language" },
  );
}

function factsOf(survey: PublicSurvey): object {
  switch (survey.state) {
    case "open":
      return { subject: survey.ticketSubject };
    case "answered":
      return { respondedAt: survey.respondedAt };
    case "expired":
      return { expiredAt: survey.expiredAt };
  }
}
