import * as z from "zod/mini";
import type { Answer } from "../csat.ts";
import { CsatError } from "../errors.ts";
import type { Answered, OnAnswered } from "../policy/transition/answered.ts";
import type { Head } from "../ports/store/head.ts";
import { hasAtMost } from "../survey/clean-text.ts";
import { newId } from "../survey/id.ts";
import { type Rating, ratings, type SurveyResponse } from "../survey/response.ts";
import type { TicketRef } from "../survey/survey.ts";
import { changeTickets } from "./change-tickets.ts";
import type { Context } from "./context.ts";
import { linksEndedAt } from "./ended-links.ts";
import { eventRaised } from "./event-document.ts";
import { keptOfAnswer } from "./kept-facts.ts";
import { headOfToken, surveyNotFound } from "./open-survey.ts";
import type { Beside } from "./ticket-change.ts";
import { fromDocument } from "./ticket-document.ts";
import { validate } from "./validate.ts";
import { wakeUpForEvent } from "./wake-up.ts";

/**
 * Records a customer's answer and the event that tells of it, both or neither. Of concurrent answers exactly one is
 * recorded; a bad one does not use up the link.
 * @throws CsatError `survey_not_found`, `invalid_input`, `already_responded`, `survey_expired` (the first that applies), `storage_failed`
 */
export function submitResponse<Tx>(context: Context<Tx>, answer: Answer): Promise<SurveyResponse> {
  return context.telemetry.span("submit_response", {}, async () => {
    // Callers from JavaScript may pass anything, null included.
    const { token, rating, comment } = Object(answer) as Partial<Answer>;
    const head = await headOfToken(context, token);
    const valid = validate({
      schema: answerSchema(context.maxCommentLength),
      value: { rating, comment },
      where: "The answer is invalid",
    });
    return record(context, { head, rating: valid.rating, comment: writtenComment(valid.comment) });
  });
}

async function record<Tx>(
  context: Context<Tx>,
  {
    head,
    rating,
    comment,
  }: { readonly head: Head; readonly rating: Rating; readonly comment: string | null },
): Promise<SurveyResponse> {
  const { storage, clock } = context;
  const { workspaceId, id: ticketId } = head.key;
  const ref: TicketRef = { workspaceId, ticketId };
  const respondedAt = clock.now();
  const { survey } = fromDocument(head.state);
  if (survey !== null && (await linksEndedAt(context, { workspaceId, survey, now: respondedAt })) !== null)
    throw new CsatError("survey_expired", "This link has ended, and nothing was recorded.");
  const { eventId, beside } = besideAnswer(context, { ref, rating, comment, respondedAt, now: respondedAt });
  const event: Answered = { kind: "answered", rating, at: respondedAt };
  const [changed] = await changeTickets<Tx, Answered>({
    store: storage,
    now: respondedAt,
    plans: [{ ref, event: () => event, known: head, beside, ...keptOfAnswer({}) }],
  });
  const outcome = changed?.outcome;
  if (outcome?.kind === "recorded") {
    tellOfAnswer(context, { ref, eventId, channel: "link", runAt: respondedAt });
    return { ...ref, surveyId: outcome.surveyId, rating, comment, respondedAt };
  }
  if (outcome?.kind === "duplicate")
    throw new CsatError("already_responded", "This survey was answered before. The first answer stands.");
  throw surveyNotFound();
}

/** A comment of white space alone counts as none. */
export function writtenComment(comment: string | null): string | null {
  return comment === null || comment.trim() === "" ? null : comment;
}

interface StoredAnswer {
  readonly ref: TicketRef;
  readonly rating: Rating;
  readonly comment: string | null;
  readonly respondedAt: Date;
  readonly now: Date;
}

/** What stands beside a ticket that was answered: the answer, and the event that tells of it where somebody hears of events. */
export function besideAnswer<Tx>(
  { webhooks }: Context<Tx>,
  { ref, rating, comment, respondedAt, now }: StoredAnswer,
): { readonly eventId: string | null; readonly beside: (outcome: OnAnswered) => Beside } {
  const eventId = webhooks === null ? null : newId();
  return {
    eventId,
    beside: (outcome) => {
      if (outcome.kind !== "recorded") return {};
      const { surveyId } = outcome;
      const { workspaceId, ticketId } = ref;
      const data = { ticketId, rating, comment, respondedAt: respondedAt.toISOString() };
      const facts = { type: "ticket.csat_received", data } as const;
      return {
        answer: { kind: "put", surveyId, rating, comment, respondedAt, resolvedBy: null },
        heads: eventId === null ? [] : [eventRaised({ workspaceId, id: eventId, facts, now })],
      };
    },
  };
}

/** Tells telemetry of a stored answer, and wakes whoever delivers its event. */
export function tellOfAnswer<Tx>(
  context: Context<Tx>,
  {
    ref: { workspaceId },
    eventId,
    channel,
    runAt,
  }: {
    readonly ref: TicketRef;
    readonly eventId: string | null;
    readonly channel: string;
    readonly runAt: Date;
  },
): void {
  context.telemetry.count("responses.recorded", 1, { channel });
  // Not awaited: the answer is stored, and a slow queue is none of the customer's business.
  if (eventId !== null) void wakeUpForEvent(context, { workspaceId, eventId, attempt: 0, runAt });
}

// Databases store no NUL in text, and UTF-8 has no lone surrogates.
// biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is what is looked for.
const unstorable = /\u0000|\p{Cs}/u;

const answerSchemas = new Map<number, ReturnType<typeof makeAnswerSchema>>();

function answerSchema(maxCommentLength: number) {
  const schema = answerSchemas.get(maxCommentLength) ?? makeAnswerSchema(maxCommentLength);
  answerSchemas.set(maxCommentLength, schema);
  return schema;
}

function makeAnswerSchema(maxCommentLength: number) {
  return z.object(answerShape(maxCommentLength));
}

/** What a rating and a comment may be. */
export function answerShape(maxCommentLength: number) {
  const comment = z.string("must be text or null").check(
    z.refine((text) => !unstorable.test(text), "must not hold NUL characters or broken Unicode"),
    z.refine(
      (text) => hasAtMost(text, maxCommentLength),
      `must be at most ${maxCommentLength} characters long`,
    ),
  );
  return {
    rating: z.custom<Rating>(isRating, "must be a whole number from 1 to 5"),
    comment: z._default(z.nullable(comment), null),
  };
}

function isRating(value: unknown): boolean {
  return ratings.some((rating) => rating === value);
}
