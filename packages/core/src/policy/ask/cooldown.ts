import { millisecondsInDay, millisecondsInSecond } from "date-fns/constants";
import type { WorkspaceSettings } from "../../survey/settings.ts";
import type { CustomerMoment, CustomerState } from "./customer-state.ts";
import type { No } from "./no.ts";

const lookAgainMs = 15 * millisecondsInSecond;

/** What decides how often one customer is asked. */
export interface CooldownFacts {
  readonly settings: Pick<WorkspaceSettings, "cooldownDays" | "answerCooldownDays">;
  /** Null while nothing limits how often customers are asked, or nobody knows whose ticket it is. */
  readonly customer: CustomerState | null;
  /** The ticket to decide on: what was done for itself does not stand in its way. */
  readonly ticketId: string;
  readonly now: Date;
}

/** True when the settings limit how often a customer is asked. */
export function hasCooldown({ cooldownDays, answerCooldownDays }: CooldownFacts["settings"]): boolean {
  return cooldownDays > 0 || answerCooldownDays > 0;
}

/**
 * Nobody is asked within `cooldownDays` times 24 hours of having been asked about another ticket, nor within
 * `answerCooldownDays` of having answered. While another survey of theirs is on its way, this one waits for how it ends.
 */
export function cooldown({ settings, customer, ticketId, now }: CooldownFacts): No | null {
  if (customer === null) return null;
  const { asked, answered, reserved } = customer;
  const endsAt = Math.max(
    endOf(asked, settings.cooldownDays, ticketId),
    endOf(answered, settings.answerCooldownDays, ticketId),
  );
  if (endsAt > now.getTime()) return { kind: "skip", reason: "asked_recently", eligibleAt: new Date(endsAt) };
  if (settings.cooldownDays > 0 && reserved !== null && reserved.ticketId !== ticketId)
    return {
      kind: "defer",
      reason: "customer_being_asked",
      until: new Date(now.getTime() + lookAgainMs),
    };
  return null;
}

/** In milliseconds since 1970; before all time where nothing stands in the way. */
function endOf(moment: CustomerMoment | null, days: number, ticketId: string): number {
  if (moment === null || days === 0 || moment.ticketId === ticketId) return Number.NEGATIVE_INFINITY;
  return moment.at.getTime() + days * millisecondsInDay;
}
