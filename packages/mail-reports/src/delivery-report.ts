import { isSameAddress, typedAddress } from "./addresses.ts";
import { type Bounce, type Delivery, fateOfDelivery } from "./fate-of-delivery.ts";
import { type HeaderFields, readBlocks } from "./header-fields.ts";
import type { MailPart } from "./opened-mail.ts";
import { messageIdIn } from "./quoted-mail.ts";

/** What an RFC 3464 report says of one mail. */
export interface DeliveryReport {
  readonly bounce: Bounce;
  /** The address as it was written to, else the one that failed behind it. */
  readonly recipient: string | null;
  /** Some servers name it beside the fields of the report (Gmail: X-Original-Message-ID). */
  readonly messageId: string | null;
}

/** True for the part that makes a mail a delivery report (RFC 3464; RFC 6533 for addresses in Unicode). */
export function isDeliveryStatus({ type }: MailPart): boolean {
  return type === "message/delivery-status" || type === "message/global-delivery-status";
}

/**
 * Reads the recipients' blocks. Our mails have one recipient; several blocks mean that his server sent the mail on, or that
 * the report gathers several mails. Then the block about `to` counts, whom the returned mail names; without one those about
 * what was sent on for him; without these the worst does: failed for good, failed, delayed. Null when no block says that
 * the mail did not arrive.
 */
export function readDeliveryReport(
  parts: readonly MailPart[],
  { to }: { readonly to: string | null },
): DeliveryReport | null {
  const blocks = parts.flatMap(({ text }) => readBlocks(text));
  const recipients = blocks.filter(isOfRecipient);
  const about = (field: "final-recipient" | "original-recipient") =>
    recipients.filter((fields) => isSameAddress(typedAddress(fields.get(field)), to));
  const [named = recipients] = [about("final-recipient"), about("original-recipient")].filter(
    (blocks) => blocks.length > 0,
  );
  const failures = named.flatMap((fields) => {
    const bounce = fateOfDelivery(deliveryOf(fields));
    return bounce === null ? [] : [{ bounce, fields, isFailed: !isDelayed(fields) }];
  });
  const worst =
    failures.find(({ bounce }) => bounce.isPermanent) ??
    failures.find(({ isFailed }) => isFailed) ??
    failures[0];
  if (worst === undefined) return null;
  const namedIds = blocks.map(
    (fields) => fields.get("x-original-message-id") ?? fields.get("original-message-id"),
  );
  return {
    bounce: worst.bounce,
    recipient:
      typedAddress(worst.fields.get("original-recipient")) ??
      to ??
      typedAddress(worst.fields.get("final-recipient")),
    messageId: messageIdIn(namedIds.find((id) => id !== undefined)),
  };
}

/** The first block is about the report itself, unless its server left the blank line out or has nothing to say of itself. */
function isOfRecipient(fields: HeaderFields): boolean {
  return ["final-recipient", "original-recipient", "action", "status"].some((name) => fields.has(name));
}

function isDelayed(fields: HeaderFields): boolean {
  return deliveryOf(fields).action?.toLowerCase() === "delayed";
}

function deliveryOf(fields: HeaderFields): Delivery {
  return {
    action: /^[a-z]+/i.exec(fields.get("action") ?? "")?.[0] ?? null,
    status: fields.get("status") ?? null,
    diagnostic: fields.get("diagnostic-code") ?? null,
  };
}
