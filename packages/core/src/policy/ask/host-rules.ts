import { isDate } from "../../survey/is-date.ts";
import type { AskRule, RuleFacts } from "./rule.ts";

/** What the host's rules say together; `rule` is the name of the one that decided. */
export type RulesDecision =
  | { readonly kind: "ask" }
  | { readonly kind: "skip"; readonly rule: string }
  /** `until` is after the moment of the decision, and a plain Date. */
  | { readonly kind: "defer"; readonly rule: string; readonly until: Date }
  /** It threw this, or answered what is no decision. Log it by the rule's name, and put the survey off. */
  | { readonly kind: "failed"; readonly rule: string; readonly error: unknown };

/** No database keeps years of five digits. Whoever means never may say so with a date that far off. */
const lastMs = Date.UTC(9998, 11, 31);

/** Asks the rules in their order; the first that says anything but yes decides, and those behind it are not asked (S63). */
export function decideByRules(rules: readonly AskRule[], facts: RuleFacts): RulesDecision {
  if (rules.length === 0) return { kind: "ask" };
  const nowMs = facts.now.getTime();
  const frozen = frozenFacts(facts);
  for (const rule of rules) {
    const decision = decisionOf(rule, withOwnDates(frozen));
    if (decision === "skip") return { kind: "skip", rule: rule.name };
    if (decision === "ask") continue;
    if ("error" in decision) return { kind: "failed", rule: rule.name, error: decision.error };
    const untilMs = Math.min(decision.notBeforeMs, lastMs);
    if (untilMs > nowMs) return { kind: "defer", rule: rule.name, until: new Date(untilMs) };
  }
  return { kind: "ask" };
}

/** A copy, because what was given belongs to the caller; of these fields alone, whatever else a caller holds. */
function frozenFacts(facts: RuleFacts): RuleFacts {
  const { workspaceId, ticketId, now, resolvedAt, resolvedBy, assigneeId, channel } = facts;
  const { timeZone, locale } = facts.customer;
  const attributes: Record<string, string | readonly string[]> = Object.create(null);
  for (const [name, value] of Object.entries(facts.attributes)) {
    attributes[name] = typeof value === "string" ? value : Object.freeze([...value]);
  }
  return {
    workspaceId,
    ticketId,
    now,
    resolvedAt,
    resolvedBy,
    assigneeId,
    channel,
    customer: Object.freeze({ timeZone, locale }),
    attributes: Object.freeze(attributes),
  };
}

/** Object.freeze leaves setters of a Date at work: a rule that moves one must move its own. */
function withOwnDates(facts: RuleFacts): RuleFacts {
  return Object.freeze({ ...facts, now: new Date(facts.now), resolvedAt: new Date(facts.resolvedAt) });
}

/** A rule's answer, once it is one. */
type ReadDecision = "ask" | "skip" | { readonly notBeforeMs: number } | { readonly error: unknown };

function decisionOf(rule: AskRule, facts: RuleFacts): ReadDecision {
  try {
    const answer: unknown = rule.decide(facts);
    if (answer === "ask" || answer === "skip") return answer;
    // Whatever it is, it has fields or none.
    const { then, notBefore } = Object(answer) as { readonly then?: unknown; readonly notBefore?: unknown };
    if (typeof then === "function") {
      // Nobody awaits it, and in Node a rejection that nobody takes ends the process.
      Promise.resolve(answer).catch(() => undefined);
      return { error: new TypeError("answered a promise, but a rule must decide at once") };
    }
    const notBeforeMs = isDate(notBefore) ? notBefore.getTime() : Number.NaN;
    if (!Number.isNaN(notBeforeMs)) return { notBeforeMs };
    return { error: new TypeError("answered neither ask nor skip nor a valid notBefore") };
  } catch (error) {
    return { error };
  }
}
