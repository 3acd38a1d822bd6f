import type { WhomFacts } from "../policy/ask/ask.ts";
import { isInSample } from "../policy/ask/in-sample.ts";
import type { Recipient, TicketState } from "../policy/transition/ticket-state.ts";
import type { TicketSnapshot } from "../ports/ticket-source.ts";
import { toBase64Url } from "../survey/base64url.ts";
import { channelOf, emailChannel } from "../survey/destination.ts";
import { normalAddress } from "../survey/normal-address.ts";
import { hmacSha256 } from "../survey/sha256.ts";
import type { TicketRef } from "../survey/survey.ts";
import type { Context } from "./context.ts";

/**
 * What a ticket's customer is known by in its workspace: HMAC-SHA-256 of the id that the host gives and of the address in
 * its normal form, as 43 characters of base64url each. Null for what is not known. The texts themselves are stored
 * nowhere, and equal customers of two workspaces have nothing in common.
 */
export async function customerKeys(
  secret: string,
  { workspaceId, customer }: { readonly workspaceId: string; readonly customer: TicketSnapshot["customer"] },
): Promise<Recipient> {
  const keyOf = async (kind: "id" | "address", text: string) =>
    text === "" ? null : keyed(secret, { workspaceId, kind, text });
  return {
    id: await keyOf("id", customer.id?.trim() ?? ""),
    address: await keyOf("address", addressOf(customer)),
  };
}

/** The key of a text by which a customer is known. */
export async function keyed(
  secret: string,
  {
    workspaceId,
    kind,
    text,
  }: { readonly workspaceId: string; readonly kind: "id" | "address"; readonly text: string },
): Promise<string> {
  return toBase64Url(await hmacSha256(secret, JSON.stringify(["csat customer v1", workspaceId, kind, text])));
}

/** The key that the cooldown goes by: that of the id, else that of the address. */
export function firstKey({ id, address }: Recipient): string | null {
  return id ?? address;
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
): Omit<WhomFacts, "isLeftOut" | "suppressed"> {
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
