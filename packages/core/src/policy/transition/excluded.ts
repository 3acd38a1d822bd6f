import type { Exclusion, ExclusionReason } from "../../survey/exclusion-reason.ts";
import { after } from "./not-sent.ts";
import { type Step, type Told, told, unchanged } from "./step.ts";
import type { SurveyState, TicketState } from "./ticket-state.ts";

/** An admin says that the answer does not count. */
export interface Excluded {
  readonly kind: "excluded";
  readonly reason: ExclusionReason;
  readonly actorId: string | null;
  readonly now: Date;
}

/** An admin takes that back. */
export interface Restored extends Omit<Excluded, "kind" | "reason"> {
  readonly kind: "restored";
}

/**
 * What was done, about which answer, and the exclusion that begins or ends. `nothing_to_do`: it stands so already, also
 * for another reason. `not_answered`: there is no answer, or not any more.
 */
export type OnExcluded =
  | {
      readonly kind: "excluded" | "restored";
      readonly answer: NonNullable<SurveyState["answer"]>;
      readonly exclusion: Exclusion;
    }
  | { readonly kind: "nothing_to_do" | "not_answered" };

/** The answer counts nowhere until it is restored. It stays the ticket's one answer, and the send stays sent. */
export function onExcluded(state: TicketState, { reason, actorId, now }: Excluded): Step<OnExcluded> {
  const exclusion = { reason, actorId, at: now };
  return marked(state, exclusion, { ...told("excluded", now, reason), actorId });
}

/** The answer counts again, on its own day. */
export function onRestored(state: TicketState, { actorId, now }: Restored): Step<OnExcluded> {
  return marked(state, null, { ...told("restored", now), actorId });
}

function marked(state: TicketState, next: Exclusion | null, line: Told): Step<OnExcluded> {
  const { survey } = state;
  if (survey === null || survey.answer === null) return unchanged(state, { kind: "not_answered" });
  const { answer, exclusion: before } = survey;
  const exclusion = next ?? before;
  // One of the two stands before, and the other one behind it.
  if (exclusion === null || (next !== null && before !== null))
    return unchanged(state, { kind: "nothing_to_do" });
  const kind = next === null ? "restored" : "excluded";
  return after(
    state,
    { ...survey, exclusion: next },
    { outcome: { kind, answer, exclusion }, journal: [line] },
  );
}
