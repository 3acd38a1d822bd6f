import * as z from "zod/mini";
import type { AnswerElsewhere, AnswerOutcome } from "../by-host.ts";
import type { InTransaction } from "../in-transaction.ts";
import type { AnsweredElsewhere } from "../policy/transition/answered.ts";
import { newId } from "../survey/id.ts";
import { changeTickets } from "./change-tickets.ts";
import type { Context } from "./context.ts";
import { keptOfAnswer, keptOfEvent } from "./kept-facts.ts";
import { answerShape, besideAnswer, tellOfAnswer, writtenComment } from "./submit-response.ts";
import { eventTimeSchema, idSchema, ticketRefSchema, validate } from "./validate.ts";

const takenSchema = (now: Date, maxCommentLength: number) =>
  z
    .object({
      ...answerShape(maxCommentLength),
      ref: ticketRefSchema,
      respondedAt: z._default(eventTimeSchema(now), now),
      askedAt: z.optional(eventTimeSchema(now)),
      channel: z
        .string("must be text")
        .check(
          z.refine((name) => /^[a-z][a-z0-9_]{0,39}$/.test(name), "must be a name such as phone or chat"),
        ),
      actorId: z.nullable(idSchema),
    })
    .check(
      z.refine(({ askedAt, respondedAt }) => !(askedAt && askedAt > respondedAt), {
        path: ["askedAt"],
        error: "must not be later than respondedAt",
      }),
    );

/** Records an answer that the host took itself. @throws CsatError `invalid_input`, `storage_failed` */
export async function recordAnswer<Tx>(
  context: Context<Tx>,
  answer: AnswerElsewhere,
  { tx }: InTransaction<Tx> = {},
): Promise<AnswerOutcome> {
  const now = context.clock.now();
  const schema = takenSchema(now, context.maxCommentLength);
  const taken = validate({ schema, value: answer, where: "The answer was not recorded" });
  const { ref, rating, respondedAt, askedAt = respondedAt, channel, actorId } = taken;
  const event: AnsweredElsewhere = {
    kind: "answered_elsewhere",
    rating,
    at: respondedAt,
    askedAt,
    channel,
    actorId,
    surveyId: newId(),
  };
  const comment = writtenComment(taken.comment);
  const { eventId, beside } = besideAnswer(context, { ref, rating, comment, respondedAt, now });
  const [changed] = await changeTickets<Tx, AnsweredElsewhere>({
    store: context.storage,
    now,
    tx,
    plans: [{ ref, event: () => event, beside, ...keptOfAnswer(keptOfEvent({ at: respondedAt, now })) }],
  });
  const outcome = changed?.outcome;
  if (outcome?.kind !== "recorded")
    return { ...ref, kind: outcome?.kind === "duplicate" ? "duplicate" : "erased" };
  // Inside the host's transaction nobody is woken: it may be rolled back, and the sweep finds the event.
  tellOfAnswer(context, { ref, eventId: tx === undefined ? eventId : null, channel, runAt: now });
  return { ...ref, ...outcome, respondedAt };
}
