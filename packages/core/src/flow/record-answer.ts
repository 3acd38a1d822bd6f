import * as z from "zod/mini";
import type { AnswerElsewhere, AnswerOutcome, InTransaction } from "../csat.ts";
import { CsatError } from "../errors.ts";
import type { AnsweredElsewhere } from "../policy/transition/answered.ts";
import { newId } from "../survey/id.ts";
import { changeTickets } from "./change-tickets.ts";
import type { Context } from "./context.ts";
import { answerSchema, besideAnswer, tellOfAnswer, writtenComment } from "./submit-response.ts";
import { eventTimeSchema, idSchema, ticketRefSchema, validate } from "./validate.ts";

const where = "The answer was not recorded";

const answerFields = (now: Date) =>
  z.object(
    {
      ref: ticketRefSchema,
      respondedAt: z.optional(z.nullable(eventTimeSchema(now))),
      askedAt: z.optional(z.nullable(eventTimeSchema(now))),
      channel: z
        .string("must be text")
        .check(z.regex(/^[a-z][a-z0-9_]{0,39}$/, "must be a name such as phone or chat")),
      actorId: z.nullable(idSchema),
    },
    "must be an answer",
  );

/** Records an answer that the host took itself. @throws CsatError `invalid_input`, `storage_failed` */
export async function recordAnswer<Tx>(
  context: Context<Tx>,
  answer: AnswerElsewhere,
  { tx }: InTransaction<Tx> = {},
): Promise<AnswerOutcome> {
  const { storage, clock } = context;
  const now = clock.now();
  const taken = validate({ schema: answerFields(now), value: answer, where });
  const { ref, channel, actorId } = taken;
  const respondedAt = taken.respondedAt ?? now;
  const askedAt = taken.askedAt ?? respondedAt;
  if (askedAt > respondedAt) {
    const message = "must not be later than respondedAt";
    throw new CsatError("invalid_input", `${where}: askedAt ${message}.`, {
      issues: [{ path: "askedAt", message }],
    });
  }
  const { rating, comment } = validate({
    schema: answerSchema(context.maxCommentLength),
    value: { rating: answer.rating, comment: answer.comment ?? null },
    where,
  });
  const event: AnsweredElsewhere = {
    kind: "answered_elsewhere",
    rating,
    at: respondedAt,
    askedAt,
    channel,
    actorId,
    surveyId: newId(),
  };
  const stored = besideAnswer(context, { ref, rating, comment: writtenComment(comment), respondedAt, now });
  const [changed] = await changeTickets<Tx, AnsweredElsewhere>({
    store: storage,
    now,
    tx,
    plans: [{ ref, event: () => event, beside: stored.beside }],
  });
  const outcome = changed?.outcome;
  if (outcome?.kind === "duplicate") return { ...ref, kind: "duplicate" };
  if (outcome?.kind !== "recorded") return { ...ref, kind: "erased" };
  // Inside the host's transaction nobody is woken: it may be rolled back, and the sweep finds the event.
  tellOfAnswer(context, { ref, eventId: tx === undefined ? stored.eventId : null, channel, runAt: now });
  return { ...ref, ...outcome, respondedAt };
}
