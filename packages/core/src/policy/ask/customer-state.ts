import type { SurveyState, TicketState } from "../transition/ticket-state.ts";
import { type Suppressions, suppressedFor } from "./suppression.ts";

/** A moment in a customer's life with surveys, and the ticket that it was about. */
export interface CustomerMoment {
  readonly at: Date;
  readonly ticketId: string;
}

/**
 * What is known of one customer of a workspace under one key, that of their id or that of their address. Moments are kept
 * under one of the two alone, while somebody limits how often customers are asked.
 */
export interface CustomerState {
  /** When the last send began that may have reached them, or links were issued for them. */
  readonly asked: CustomerMoment | null;
  /** When they answered last. */
  readonly answered: CustomerMoment | null;
  /** The send that is under way, since it began: nobody knows yet whether it counts. */
  readonly reserved: CustomerMoment | null;
  /** Other keys under which they were mailed, or named as one, the latest last: of an id its addresses, of an address its ids. */
  readonly alsoKnownAs: readonly string[];
  /** What this key is made of; null until they were mailed, or named, under both. */
  readonly keyOf: "id" | "address" | null;
  /** What keeps us from asking them. */
  readonly suppressed: Suppressions;
  /** By which an operator lifted their opting out last. */
  readonly consent: { readonly givenAt: Date; readonly at: Date; readonly actorId: string } | null;
  /** When what was stored about them was erased last. */
  readonly erasedAt: Date | null;
}

/** What stands before a customer was ever asked. */
export const nobodyAsked: CustomerState = {
  asked: null,
  answered: null,
  reserved: null,
  alsoKnownAs: [],
  keyOf: null,
  suppressed: {},
  consent: null,
  erasedAt: null,
};

/** A step of a ticket, and the key of the record that is to follow it. */
export interface CustomerStep {
  readonly key: string;
  readonly ticketId: string;
  readonly before: TicketState;
  readonly after: TicketState;
}

/** What a step of a ticket means for a record of the customer that its survey goes to. The very record when nothing changed. */
export function customerAfter(customer: CustomerState, step: CustomerStep): CustomerState {
  if (step.before.survey === step.after.survey) return customer;
  return suppressedAfter(knownAfter(limitedAfter(customer, step), step), step);
}

/**
 * A send that begins reserves the place; its end makes it an asking, unless the mail certainly reached nobody: then the
 * place is given back, as it is when the mail came back. One record holds it, that which the survey names.
 */
function limitedAfter(
  customer: CustomerState,
  { key, ticketId, before, after }: CustomerStep,
): CustomerState {
  const [was, is] = [before.survey, after.survey];
  if ((is ?? was)?.customer !== key) return customer;
  let next = customer;
  if (is?.status === "sending" && is.begun !== was?.begun)
    next = { ...next, reserved: { at: is.sendBegunAt ?? is.dueAt, ticketId } };
  if (was?.status === "sending" && is?.status !== "sending" && next.reserved?.ticketId === ticketId) {
    const { at } = next.reserved;
    next = {
      ...next,
      reserved: null,
      asked: mayHaveAsked(is) ? later(next.asked, { at, ticketId }) : next.asked,
    };
  }
  if (is?.linksIssued === true && was?.linksIssued !== true && is.sentAt !== null)
    next = { ...next, asked: later(next.asked, { at: is.sentAt, ticketId }) };
  if (is?.answer != null && was?.answer == null)
    next = { ...next, answered: later(next.answered, { at: is.answer.respondedAt, ticketId }) };
  const cameBack = is?.status === "failed" && is.bounce !== null && was?.status !== "failed";
  return cameBack && next.asked?.ticketId === ticketId ? { ...next, asked: null } : next;
}

const mostKeys = 10;

/** Whoever is mailed under an id and an address is known by both. */
function knownAfter(customer: CustomerState, { key, after: { survey } }: CustomerStep): CustomerState {
  const { id = null, address = null } = survey?.recipient ?? {};
  const [keyOf, other] =
    key === id ? (["id", address] as const) : (["address", key === address ? id : null] as const);
  return other === null ? customer : alsoKnownBy(customer, { keyOf, other });
}

/** The record of a customer's key, who is known by another one as well. The very record when it says so already. */
export function alsoKnownBy(
  customer: CustomerState,
  { keyOf, other }: { readonly keyOf: "id" | "address"; readonly other: string },
): CustomerState {
  const { alsoKnownAs } = customer;
  if (alsoKnownAs.includes(other)) return customer;
  return { ...customer, keyOf, alsoKnownAs: [...alsoKnownAs, other].slice(-mostKeys) };
}

/** An address that takes no mail is the address' alone; a complaint is the person's. */
function suppressedAfter(
  customer: CustomerState,
  { key, before, after: { survey } }: CustomerStep,
): CustomerState {
  const { recipient, bounce, complainedAt } = survey ?? nothingReported;
  if (recipient?.id !== key && recipient?.address !== key) return customer;
  let { suppressed } = customer;
  if (bounce !== null && before.survey?.bounce == null && recipient.address === key)
    suppressed = suppressedFor(suppressed, "bounced", { at: bounce.at, actorId: null });
  if (complainedAt !== null && before.survey?.complainedAt == null)
    suppressed = suppressedFor(suppressed, "complained", { at: complainedAt, actorId: null });
  return suppressed === customer.suppressed ? customer : { ...customer, suppressed };
}

const nothingReported = { recipient: null, bounce: null, complainedAt: null };

/** True when their data was erased after this survey was armed: what was pending then is erased instead of sent. */
export function isErasedSince(records: readonly CustomerState[], armedAt: Date): boolean {
  return records.some(({ erasedAt }) => erasedAt !== null && erasedAt >= armedAt);
}

/**
 * What is left of a record when its person's data is erased: that they are not to be asked, since when they are erased, and the
 * other bare keys that are theirs: an old link must go on opting out, and take it back, under each.
 */
export function erasedRecord(
  { alsoKnownAs, keyOf, suppressed, consent }: CustomerState,
  erasedAt: Date,
): CustomerState {
  return { ...nobodyAsked, alsoKnownAs, keyOf, suppressed, consent, erasedAt };
}

/** A survey that was erased in the middle of its send may have arrived. */
function mayHaveAsked(survey: SurveyState | null): boolean {
  return survey === null || survey.mayHaveReached || survey.sentAt !== null;
}

function later(one: CustomerMoment | null, other: CustomerMoment): CustomerMoment {
  return one !== null && one.at > other.at ? one : other;
}
