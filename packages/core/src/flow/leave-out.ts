import * as z from "zod/mini";
import type { LeaveOutcome, LeaveOutOutcome } from "../csat.ts";
import type { ByHand } from "../in-transaction.ts";
import type { LeftOut, LetIn, OnLeftOut } from "../policy/transition/left-out.ts";
import type { TicketRef } from "../survey/survey.ts";
import { changeTickets } from "./change-tickets.ts";
import type { Context } from "./context.ts";
import { countOutcomes } from "./count-outcomes.ts";
import { actorShape, ticketRefSchema, validate } from "./validate.ts";
import { wakeUpFor } from "./wake-up.ts";

const refsSchema = z.array(ticketRefSchema, "must be an array of ticket references");
const bySchema = z.object(actorShape, "must say who by { actorId }");

/**
 * Nobody is asked about these tickets until they are let in. Nothing is changed when one reference is invalid. Answers
 * per ticket, in the order given.
 * @throws CsatError `invalid_input`, `storage_failed`
 */
export async function leaveOut<Tx>(
  context: Context<Tx>,
  refs: readonly TicketRef[],
  by: ByHand<Tx>,
): Promise<readonly LeaveOutOutcome[]> {
  const { storage, clock, telemetry } = context;
  const valid = validate({ schema: refsSchema, value: refs, where: "Nothing was left out" });
  const { actorId } = validate({ schema: bySchema, value: by, where: "Nothing was left out" });
  const now = clock.now();
  const event: LeftOut = { kind: "left_out", actorId, now };
  const plans = valid.map((ref) => ({ ref, event: () => event }));
  const changed = await changeTickets({ store: storage, plans, now, tx: by.tx });
  const canceled: LeaveOutcome[] = [];
  const outcomes = valid.map(({ workspaceId, ticketId }, place): LeaveOutOutcome => {
    // A host's call holds no lease that could be lost.
    const outcome = changed[place]?.outcome as OnLeftOut;
    const ref = { workspaceId, ticketId };
    if (outcome.kind === "too_late") return { ...ref, ...outcome };
    if (outcome.canceled !== null) canceled.push({ ...ref, kind: "canceled", ...outcome.canceled });
    return { ...ref, kind: "left_out", canceled: outcome.canceled !== null };
  });
  if (by.tx === undefined) await wakeUpFor(context, canceled);
  countOutcomes(telemetry, canceled);
  return outcomes;
}

/** These tickets may be asked about again, from their next resolution on. @throws CsatError `invalid_input`, `storage_failed` */
export async function letIn<Tx>(
  { storage, clock }: Context<Tx>,
  refs: readonly TicketRef[],
  by: ByHand<Tx>,
): Promise<void> {
  const valid = validate({ schema: refsSchema, value: refs, where: "Nothing was let in" });
  const { actorId } = validate({ schema: bySchema, value: by, where: "Nothing was let in" });
  const now = clock.now();
  const event: LetIn = { kind: "let_in", actorId, now };
  const plans = valid.map((ref) => ({ ref, event: () => event }));
  await changeTickets({ store: storage, plans, now, tx: by.tx });
}
