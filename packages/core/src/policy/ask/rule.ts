import type { Attributes } from "../../survey/attributes.ts";

export type { Attributes } from "../../survey/attributes.ts";

/**
 * What a host's rule may go by. These facts are kept, so that a dry run can ask the same rule again: hence no name, no
 * address and no subject. Frozen with all they hold, but for the two dates, which each rule gets as its own.
 */
export interface RuleFacts {
  readonly workspaceId: string;
  readonly ticketId: string;
  /** The moment of the decision: the only time that a rule may go by. */
  readonly now: Date;
  /** The resolution that armed the survey. */
  readonly resolvedAt: Date;
  /** Who resolved the ticket first; null for an automation. */
  readonly resolvedBy: string | null;
  /** Whose ticket it is now; null for nobody's. */
  readonly assigneeId: string | null;
  /** Where it would go out: `email` for mail. */
  readonly channel: string;
  readonly customer: {
    /** As the host gave it, for instance `Europe/Berlin`; it may be none that this runtime knows. Null when unknown. */
    readonly timeZone: string | null;
    /** BCP 47 tag; null when unknown. */
    readonly locale: string | null;
  };
  readonly attributes: Attributes;
}

/** Ask now; do not ask after this resolution; or ask again from that moment on, which may then say something else. */
export type RuleDecision = "ask" | "skip" | { readonly notBefore: Date };

/** What a rule may be called: `rule:<name>` is a reason in journals, figures and documents. */
export const ruleName = /^[a-z][a-z0-9_-]{0,39}$/;

/**
 * A rule of the host's own. Synchronous and pure: the same facts give the same answer, at the send and in a dry run, so
 * it reads no clock, no database and no variable. It is asked before every attempt. One that throws, or answers
 * something else, puts the survey off and is logged by its name; it burns no attempt and loses no survey.
 */
export interface AskRule {
  /** What the journal says of its no, as `rule:<name>`: fits `ruleName`, and is no other rule's. */
  readonly name: string;
  decide(facts: RuleFacts): RuleDecision;
}
