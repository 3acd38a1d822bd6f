import { CsatError, isCsatError, type SurveyResponse } from "@csat/core";
import { prefersHtml, prefersJson } from "./accept.ts";
import type { PublicCall } from "./call.ts";
import { describeError } from "./error-body.ts";
import { errorResponse, jsonResponse } from "./error-response.ts";
import { expiredPage, recordedPage, thanksPage, tryAgainPage, unknownLinkPage } from "./pages/notices.ts";
import { pageResponse } from "./pages/page-response.ts";
import { type FormErrors, surveyForm } from "./pages/survey-form.ts";
import { nothingTyped, type ParsedAnswer, parseAnswer, type Typed, typedIn } from "./parse-answer.ts";
import { answerLimit } from "./read-body.ts";
import { isForm, readFields } from "./read-fields.ts";
import { closedPage, findSurvey, glimpse, lookOf, refuseVisit } from "./survey-page.ts";

/**
 * POST /r/:token — records an answer: 201, and under concurrent requests for exactly one of them. Judged in this order:
 * 404 for the link, 400 or 413 for the body, 409 when it was answered before, 410 when its time is over.
 */
export async function answerSurvey(call: PublicCall): Promise<Response> {
  const body = await readAnswer(call);
  try {
    if (call.token === null) throw new CsatError("survey_not_found", "The link cannot be decoded.");
    if (body.answer === null) {
      await findSurvey(call);
      throw body.refusal;
    }
    const response = await call.csat.submitResponse({ token: call.token, ...body.answer });
    return await acknowledge(call, response);
  } catch (error) {
    return await refuseAnswer(call, error, body.typed);
  }
}

/** Answers a POST that recorded nothing: JSON to programs; to browsers a page that keeps what they typed. */
async function refuseAnswer(call: PublicCall, error: unknown, typed: Typed): Promise<Response> {
  const { status } = describeError(error);
  if (status >= 500) call.options.report(error);
  if (!wantsPage(call.request)) return errorResponse(error);
  if (status === 404) return await pageResponse(404, unknownLinkPage(lookOf(call, null)));
  if (status === 429) {
    const said = { what: "tooManyRequests", advice: "tooManyRequestsAdvice", query: "" } as const;
    return await pageResponse(429, tryAgainPage(lookOf(call, null), said));
  }
  // While the database fails, asking it again helps nobody.
  const survey = status >= 500 ? null : await glimpse(call);
  const look = lookOf(call, survey);
  if (survey !== null && survey.state !== "open") return await pageResponse(status, closedPage(look, survey));
  // What the page shows could not be read, or changed since.
  if (status === 409) return await pageResponse(status, recordedPage(look, null));
  if (status === 410) return await pageResponse(status, expiredPage(look, null));
  const ticketSubject = survey?.ticketSubject ?? null;
  return await pageResponse(
    status,
    surveyForm({
      look,
      ticketSubject,
      typed,
      maxCommentLength: call.csat.maxCommentLength ?? null,
      errors: formErrors(error, typed),
    }),
  );
}

/** Answers a visitor who was turned away before anything was read. */
export async function turnAway(call: PublicCall, error: unknown): Promise<Response> {
  if (call.request.method === "POST") return await refuseAnswer(call, error, nothingTyped);
  return await refuseVisit(call, error);
}

interface ReadAnswer {
  /** Null when the body was refused, for the reason in `refusal`. */
  readonly answer: ParsedAnswer | null;
  readonly refusal: unknown;
  readonly typed: Typed;
}

// Read before the link is judged and reported after it: the link comes first in the order of answers.
async function readAnswer({ csat, request }: PublicCall): Promise<ReadAnswer> {
  let typed = nothingTyped;
  try {
    const maxBytes = answerLimit(csat.maxCommentLength);
    const fields = await readFields(request, { accepted: "any", maxBytes });
    typed = typedIn(fields);
    return { answer: parseAnswer(fields), refusal: null, typed };
  } catch (refusal) {
    return { answer: null, refusal, typed };
  }
}

async function acknowledge(
  call: PublicCall,
  { rating, comment, respondedAt }: SurveyResponse,
): Promise<Response> {
  // No ids: the customer's program has no use for them, and the ticket's is not the customer's to know.
  if (!wantsPage(call.request)) return jsonResponse(201, { rating, comment, respondedAt });
  return await pageResponse(201, thanksPage(lookOf(call, await glimpse(call)), { rating, comment }));
}

// A browser says so, or posts a form without asking for JSON.
function wantsPage(request: Request): boolean {
  return prefersHtml(request) || (isForm(request) && !prefersJson(request));
}

function formErrors(error: unknown, typed: Typed): FormErrors {
  if (isCsatError(error, "payload_too_large")) return { comment: "commentTooLong" };
  if (!isCsatError(error, "invalid_input")) return { form: "notRecorded" };
  const paths = error.issues.map(({ path }) => path);
  // A form's comment is always text, so that it can only hold NUL or be too long.
  const wrongComment = typed.comment.includes("\0") ? "commentUnusable" : "commentTooLong";
  return {
    ...(paths.includes("rating") || paths.length === 0 ? { rating: "ratingMissing" } : {}),
    ...(paths.includes("comment") ? { comment: wrongComment } : {}),
  };
}
