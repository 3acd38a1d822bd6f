import type { TicketSnapshot } from "../ports/ticket-source.ts";
import { isBlank } from "./clean-text.ts";
import { singleAddress } from "./email-address.ts";
import type { SkipReason } from "./survey.ts";

/** The channel of mails: what a ticket means that names none. */
export const emailChannel = "email";

/** Where a customer is asked, or why nowhere. */
export type Destination =
  | { readonly channel: string; readonly address: string }
  | { readonly reason: Extract<SkipReason, "no_channel" | "no_customer_email" | "no_customer_address"> };

/** The channel that a snapshot names; `email` when it names none. */
export function channelOf({ channel }: TicketSnapshot["customer"]): string {
  return channel?.trim() || emailChannel;
}

/** Where the customer is asked. A mail needs one address of the internet (S14), other channels take any as it is. */
export function destinationOf(
  customer: TicketSnapshot["customer"],
  serves: (channel: string) => boolean,
): Destination {
  const channel = channelOf(customer);
  if (!serves(channel)) return { reason: "no_channel" };
  const given = customer.address ?? null;
  if (channel === emailChannel) {
    const address = singleAddress(customer.email ?? given);
    return address === null ? { reason: "no_customer_email" } : { channel, address };
  }
  return given === null || isBlank(given) ? { reason: "no_customer_address" } : { channel, address: given };
}
