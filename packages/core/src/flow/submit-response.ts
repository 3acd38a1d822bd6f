import * as z from "zod/mini";
import type { Answer } from "../csat.ts";
import { CsatError } from "../errors.ts";
import { hasAtMost } from "../survey/clean-text.ts";
import { newId } from "../survey/id.ts";
import { type Rating, ratings, type SurveyResponse } from "../survey/response.ts";
import { hashToken, parseToken } from "../survey/token.ts";
import type { Context } from "./context.ts";
import { surveyNotFound } from "./open-survey.ts";
import { validate } from "./validate.ts";
import { wakeUpForEvent } from "./wake-up.ts";

/**
 * Records a customer's answer and the event that tells of it, both or neither. Of concurrent answers exactly one is
 * recorded; a bad one does not use up the link.
 * @throws CsatError `survey_not_found`, `invalid_input`, `already_responded` (the first that applies), `storage_failed`
 */
export function submitResponse<Tx>(context: Context<Tx>, answer: Answer): Promise<SurveyResponse> {
  return context.telemetry.span("submit_response", {}, () => recordAnswer(context, answer));
}

async function recordAnswer<Tx>(context: Context<Tx>, answer: Answer): Promise<SurveyResponse> {
  const { storage, clock, webhooks, maxCommentLength } = context;
  // Callers from JavaScript may pass anything, null included.
  const { token: given, rating, comment } = Object(answer) as Partial<Answer>;
  const token = parseToken(given);
  if (token === null) throw surveyNotFound();
  const tokenHash = await hashToken(token);
  const valid = await orNotFound(context, tokenHash, () =>
    validate({
      schema: answerSchema(maxCommentLength),
      value: { rating, comment: comment ?? null },
      where: "The answer is invalid",
    }),
  );
  const respondedAt = clock.now();
  const eventId = webhooks === null ? null : newId();
  const outcome = await storage.responses.record({
    tokenHash,
    rating: valid.rating,
    comment: valid.comment === null || valid.comment.trim() === "" ? null : valid.comment,
    respondedAt,
    eventId,
  });
  if (outcome.kind === "recorded") {
    context.telemetry.count("responses.recorded", 1, {});
    const { workspaceId } = outcome.response;
    // Not awaited: the answer is stored, and a slow queue is none of the customer's business.
    if (eventId !== null)
      void wakeUpForEvent(context, { workspaceId, eventId, attempt: 0, runAt: respondedAt });
    return outcome.response;
  }
  if (outcome.kind === "unknown_token") throw surveyNotFound();
  throw new CsatError("already_responded", "This survey was answered before. The first answer stands.");
}

/** An unknown link is told before an invalid answer; the link is looked up only when the answer is invalid. */
async function orNotFound<Tx, Result>(
  { storage }: Context<Tx>,
  tokenHash: string,
  check: () => Result,
): Promise<Result> {
  try {
    return check();
  } catch (error) {
    if ((await storage.surveys.findByToken(tokenHash)) === null) throw surveyNotFound();
    throw error;
  }
}

// Databases store no NUL in text, and UTF-8 has no lone surrogates.
// biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is what is looked for.
const unstorable = /\u0000|\p{Cs}/u;

function answerSchema(maxCommentLength: number) {
  return z.object({
    rating: z.custom<Rating>(isRating, "must be a whole number from 1 to 5"),
    comment: z.nullable(
      z.string("must be text or null").check(
        z.refine((text) => !unstorable.test(text), "must not hold NUL characters or broken Unicode"),
        z.refine(
          (text) => hasAtMost(text, maxCommentLength),
          `must be at most ${maxCommentLength} characters long`,
        ),
      ),
    ),
  });
}

function isRating(value: unknown): boolean {
  return ratings.some((rating) => rating === value);
}
