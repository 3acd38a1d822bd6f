import { decideByRules } from "./host-rules.ts";
import { type NeverAsked, type Requester, whyNeverAsked } from "./never-asked.ts";
import type { No } from "./no.ts";
import type { AskRule, RuleFacts } from "./rule.ts";
import type { SuppressionReason } from "./suppression.ts";
import { isExpired } from "./ticket-checks.ts";

/** What is known of the customer and the work on the ticket: what a dry run decides by again. */
export interface WhomFacts {
  readonly requester: Requester;
  readonly neverAsk: NeverAsked;
  /** What stands on their records; null for nothing. */
  readonly suppressed: SuppressionReason | null;
  /** Sticky, by hand. */
  readonly isLeftOut: boolean;
  readonly rules: readonly AskRule[];
  readonly ruleFacts: RuleFacts;
}

/**
 * Between what the ticket says for itself (`ticketChecks`) and what its customer's record says (`cooldown`), in the order of
 * the decision: the first that says no decides. What is off answers null without looking at anything.
 */
const byFacts = [neverAsked, suppressed, leftOut, byHostRules] as const;

/** Why this customer is not asked about this ticket now, by what is known of both; null speaks against nothing. Pure, but for the host's rules. */
export function whyNotByFacts(facts: WhomFacts & LatenessFacts): No | null {
  for (const question of byFacts) {
    const no = question(facts);
    if (no !== null) return no;
  }
  return null;
}

type LatenessFacts = Parameters<typeof isExpired>[0];

/** Why nobody is asked, for links that the host sends itself: the moment is the host's choice, so no rule defers it. */
export function whyNeverOrByRules(facts: Pick<WhomFacts, "requester" | "neverAsk" | "rules" | "ruleFacts">): {
  readonly never: No | null;
  readonly rules: No | null;
} {
  const rules = byRules(facts);
  return { never: neverAsked(facts), rules: rules?.kind === "defer" ? null : rules };
}

function neverAsked(facts: Pick<WhomFacts, "requester" | "neverAsk">): No | null {
  const reason = whyNeverAsked(facts.requester, facts.neverAsk);
  return reason === null ? null : { kind: "skip", reason };
}

/** A customer who is not to be asked. */
export function suppressed({ suppressed: reason }: Pick<WhomFacts, "suppressed">): No | null {
  return reason === null ? null : { kind: "skip", reason };
}

/** A ticket that was left out by hand. */
export function leftOut({ isLeftOut }: Pick<WhomFacts, "isLeftOut">): No | null {
  return isLeftOut ? { kind: "skip", reason: "left_out" } : null;
}

/** What a rule puts off beyond the time in which a mail still makes sense is too late already. */
function byHostRules(facts: WhomFacts & LatenessFacts): No | null {
  const no = byRules(facts);
  const isTooLate = no?.kind === "defer" && isExpired({ ...facts, now: no.until });
  return isTooLate ? { kind: "skip", reason: "expired" } : no;
}

function byRules({ rules, ruleFacts }: Pick<WhomFacts, "rules" | "ruleFacts">): No | null {
  if (rules.length === 0) return null;
  const decision = decideByRules(rules, ruleFacts);
  switch (decision.kind) {
    case "ask":
      return null;
    case "skip":
      return { kind: "skip", reason: `rule:${decision.rule}` };
    case "defer":
      return { kind: "defer", reason: `rule:${decision.rule}`, until: decision.until };
    case "failed":
      return decision;
  }
}
