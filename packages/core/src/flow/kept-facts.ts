import type { WhomFacts } from "../policy/ask/ask.ts";
import { whyNeverAsked } from "../policy/ask/never-asked.ts";
import { type SuppressionReason, suppressionReasons } from "../policy/ask/suppression.ts";
import type { RecordedFacts } from "../policy/simulate/recorded.ts";
import type { Answered, AnsweredElsewhere } from "../policy/transition/answered.ts";
import type { Json } from "../ports/store/head.ts";
import type { Attributes } from "../survey/attributes.ts";
import { emailChannel } from "../survey/destination.ts";
import type { Planned } from "./ticket-change.ts";

/** What is kept of an event of the host's beside its first line of the journal. Left out: there is nothing to keep. */
export function keptOfEvent({
  at,
  now,
  ask = true,
}: {
  readonly at: Date;
  readonly now: Date;
  readonly ask?: boolean;
}): { readonly facts?: Json } {
  const late = now.getTime() - at.getTime();
  if (late === 0 && ask) return {};
  return { facts: { ...(late === 0 ? {} : { late }), ...(ask ? {} : { ask }) } };
}

/** What is kept of an answer: whose it is, where anybody is limited. */
export function keptOfAnswer(
  late: ReturnType<typeof keptOfEvent>,
): Pick<Planned<Answered | AnsweredElsewhere>, "facts"> {
  return {
    facts: ({ ticket: { survey } }) => {
      const customer = survey?.customer ?? null;
      return customer === null ? late.facts : { ...Object(late.facts), customer };
    },
  };
}

/** What is kept beside a decision, so that a dry run can take it again: no address, no name. */
export function keptFacts(
  {
    requester,
    suppressed = null,
    ruleFacts,
  }: Pick<WhomFacts, "requester" | "ruleFacts"> & { readonly suppressed?: SuppressionReason | null },
  customer: string | null,
): { readonly [name: string]: Json } {
  const { assigneeId, resolvedBy, channel, customer: person, attributes } = ruleFacts;
  const { timeZone, locale } = person;
  const isRole = whyNeverAsked(requester, { oneself: false }) !== null;
  const isOneself = whyNeverAsked(requester, { roleAddresses: false }) !== null;
  const said = { customer, resolvedBy, assigneeId, timeZone, locale };
  return {
    ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== null)),
    ...(isRole ? { role: true } : {}),
    ...(isOneself ? { oneself: true } : {}),
    ...suppressedFact(suppressed),
    ...(channel === emailChannel ? {} : { channel }),
    ...(Object.keys(attributes).length === 0 ? {} : { attributes }),
  };
}

/** What stood on the customer's records in the moment of the decision. */
export function suppressedFact(reason: SuppressionReason | null): {
  readonly suppressed?: SuppressionReason;
} {
  return reason === null ? {} : { suppressed: reason };
}

/** What is kept beside the end of an attempt. */
export function keptOfAttempt(
  kept: { readonly [name: string]: Json },
  event: { readonly kind: "accepted" } | { readonly kind: "failed"; readonly tookNothing: boolean },
): Json {
  if (event.kind === "accepted") return kept;
  return { ...kept, attempt: event.tookNothing ? "took_nothing" : "may_have_arrived" };
}

/** What was kept, as a dry run takes it; null for nothing. Fields of another release that cannot be read count as not kept. */
export function readFacts(facts: Json | undefined): RecordedFacts | null {
  if (facts === undefined || facts === null || typeof facts !== "object") return null;
  const {
    late,
    ask,
    links,
    open,
    attempt,
    customer,
    role,
    oneself,
    suppressed,
    channel,
    attributes,
    ...kept
  } = facts as Readonly<Record<string, Json | undefined>>; // An array has none of these names.
  const isOfEvent = (late !== undefined || ask !== undefined) && links !== true && customer === undefined;
  return {
    lateMs: typeof late === "number" ? late : 0,
    ask: ask !== false,
    isForLinks: links === true,
    wasOpen: open === true,
    attempt: attempt === "took_nothing" || attempt === "may_have_arrived" ? attempt : null,
    customer: isOfEvent
      ? null
      : {
          key: textOf(customer),
          isRoleAddress: role === true,
          isOneself: oneself === true,
          suppressed: suppressionReasons.find((reason) => reason === suppressed) ?? null,
          resolvedBy: textOf(kept.resolvedBy),
          assigneeId: textOf(kept.assigneeId),
          channel: textOf(channel) ?? emailChannel,
          timeZone: textOf(kept.timeZone),
          locale: textOf(kept.locale),
          attributes: attributesOf(attributes),
        },
  };
}

function textOf(value: Json | undefined): string | null {
  return typeof value === "string" ? value : null;
}

const noAttributes: Attributes = {};

function attributesOf(value: Json | undefined): Attributes {
  // Written by `keptFacts` alone, from attributes that were parsed.
  return value !== null && typeof value === "object" ? (value as Attributes) : noAttributes;
}
