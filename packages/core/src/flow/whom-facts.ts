import type { WhomFacts } from "../policy/ask/ask.ts";
import { isInSample } from "../policy/ask/in-sample.ts";
import type { TicketState } from "../policy/transition/ticket-state.ts";
import type { TicketSnapshot } from "../ports/ticket-source.ts";
import { customerKey } from "../survey/customer-key.ts";
import { channelOf, emailChannel } from "../survey/destination.ts";
import { normalAddress } from "../survey/normal-address.ts";
import type { TicketRef } from "../survey/survey.ts";
import type { Context } from "./context.ts";

/** Whose ticket it is, in keys: no address is kept. */
export interface CustomerKeys {
  /** Of the id where the host gives one, else of the address: whom a cooldown counts for. Null for nobody. */
  readonly limited: string | null;
  /** Null without an address. */
  readonly address: string | null;
}

/** The keys of a ticket's customer in its workspace. */
export async function customerKeys(
  secret: string,
  { workspaceId, customer }: { readonly workspaceId: string; readonly customer: TicketSnapshot["customer"] },
): Promise<CustomerKeys> {
  const id = customer.id?.trim() ?? "";
  const text = addressOf(customer);
  const address = text === "" ? null : await customerKey(secret, { workspaceId, kind: "address", text });
  const limited = id === "" ? address : await customerKey(secret, { workspaceId, kind: "id", text: id });
  return { limited, address };
}

function addressOf(customer: TicketSnapshot["customer"]): string {
  const { email, address = null } = customer;
  const given = channelOf(customer) === emailChannel ? (email ?? address) : address;
  return given === null ? "" : normalAddress(given);
}

/** What the host's rules and ours go by, apart from the records. */
export function whomFacts<Tx>(
  { rules, neverAsk }: Pick<Context<Tx>, "rules" | "neverAsk">,
  {
    ref: { workspaceId, ticketId },
    ticket,
    state,
    resolvedAt,
    now,
  }: {
    readonly ref: TicketRef;
    readonly ticket: Pick<TicketSnapshot, "customer" | "assignee" | "resolver" | "attributes">;
    readonly state: TicketState;
    readonly resolvedAt: Date;
    readonly now: Date;
  },
): Omit<WhomFacts, "isLeftOut"> {
  const { customer, assignee, resolver, attributes = {} } = ticket;
  const channel = channelOf(customer);
  const resolvedBy = state.firstResolution?.actorId ?? null;
  const operators = [
    { id: assignee?.id ?? null, email: assignee?.email ?? null },
    { id: resolvedBy, email: null },
    { id: resolver?.id ?? null, email: resolver?.email ?? null },
  ];
  return {
    rules,
    neverAsk,
    requester: { channel, address: addressOf(customer), operatorId: customer.operatorId ?? null, operators },
    ruleFacts: {
      workspaceId,
      ticketId,
      now,
      resolvedAt,
      resolvedBy,
      assigneeId: assignee?.id ?? null,
      channel,
      customer: { timeZone: customer.timeZone ?? null, locale: customer.locale },
      attributes,
    },
  };
}

/** Null where everybody is asked. */
export function sampleOf({
  percent,
  ...ref
}: TicketRef & { readonly percent: number }): TicketState["sample"] {
  return percent >= 100 ? null : { percent, isIn: isInSample({ ...ref, percent }) };
}
