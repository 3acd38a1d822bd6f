import type { MailFate } from "@csat/core";
import { outcomeOfReply, readReply } from "@csat/core/mail-errors";

/** A mail that did not arrive, or not yet. */
export type Bounce = Extract<MailFate, { readonly kind: "bounced" }>;

/** What a report says of one recipient; null where it does not say it. */
export interface Delivery {
  /** `failed`, `delayed`, `delivered`, `relayed`, `expanded` (RFC 3464, 2.3.3). */
  readonly action: string | null;
  /** As in `Status: 5.1.1 (bad destination mailbox)`. */
  readonly status: string | null;
  /** As in `Diagnostic-Code: smtp; 550 5.1.1 no such user`. */
  readonly diagnostic: string | null;
}

/**
 * What became of the mail; null when it arrived, or when nothing of that is said. Permanent is a failure of class 5 (RFC
 * 3463) that the same words at SMTP would have made `refused`: not one of the sender's reputation, login or limits, which
 * are no fault of the recipient's and pass; nor one of the mail's size or content. A failure of class 4, or after a reply of
 * 4xx, was given up after days of trying, e.g. 4.4.7: the address may be well. A failure without any code is not known to
 * be permanent.
 */
export function fateOfDelivery({ action, status, diagnostic }: Delivery): Bounce | null {
  const named = enhancedStatus(status);
  const reply = diagnostic === null ? null : replyIn(diagnostic);
  const said = named ?? reply?.status ?? null;
  const level = said?.[0] ?? reply?.code[0] ?? null;
  switch (action?.toLowerCase()) {
    case "delivered":
    case "relayed":
    case "expanded":
      return null;
    case "delayed":
      return { kind: "bounced", isPermanent: false, status: said };
    case "failed":
      break;
    // Action is required; where it is missing or translated, the code says as much, and 2.x.x that it arrived.
    default:
      if (level === null) return null;
  }
  const isPermanent =
    level === "5" &&
    !isGivenUp({ status: said, reply, diagnostic }) &&
    isOfRecipient({ status: said, reply });
  return { kind: "bounced", isPermanent, status: said };
}

/** The first code of the classes 4 and 5 in a text; null when there is none. */
function enhancedStatus(text: string | null): string | null {
  return /(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?![\d.]*\d)/.exec(text?.slice(0, 1_000) ?? "")?.[0] ?? null;
}

/** What an SMTP server said, in a diagnostic code or elsewhere. */
interface Said {
  /** `550`. */
  readonly code: string;
  readonly status: string | null;
  readonly words: string;
}

/** It stands first, or behind a colon: `host mx.example.net [192.0.2.25] said: 550-5.1.1 …`. Other figures are no codes. */
function replyIn(diagnostic: string): Said | null {
  const text = diagnostic.slice(0, 1_000).replace(/^\s*[\w-]{1,40}\s*;\s*/, "");
  const [, code, status, words = ""] =
    /(?:^|:\s+)([45]\d\d)(?:[ -]+#?([45]\.\d{1,3}\.\d{1,3}))?(?![\w.])(.*)$/s.exec(text) ?? [];
  return code === undefined ? null : { code, status: status ?? null, words };
}

/**
 * Tried in vain for days, or about the mail alone. Exim writes 5.0.0 whatever the reason, Exchange Online 5.4.300 and 5.4.316
 * for what others call 4.4.7, and Cisco 5.4.7. RFC 3463 has 5.3.4 for a mail too large and 5.6.x for its content, where only
 * 5.6.7 is about an address (RFC 6531).
 */
function isGivenUp({
  status,
  reply,
  diagnostic,
}: {
  readonly status: string | null;
  readonly reply: Said | null;
  readonly diagnostic: string | null;
}): boolean {
  return (
    reply?.code[0] === "4" ||
    /^5\.(?:4\.(?:7|300|316)|3\.4|6\.(?!7$)\d+)$/.test(status ?? "") ||
    /\b(?:message|delivery)(?: time)? expired\b|\bretry timeout exceeded\b/i.test(
      diagnostic?.slice(0, 1_000) ?? "",
    )
  );
}

/** Judged as the mailer judges the same reply when it comes at once, so that no customer pays for our reputation. */
function isOfRecipient({
  status,
  reply,
}: {
  readonly status: string | null;
  readonly reply: Said | null;
}): boolean {
  const code = reply?.code.startsWith("5") ? reply.code : "550";
  const read = readReply(`${code} ${reply?.status ?? status ?? ""} ${reply?.words ?? ""}`);
  return read === null || outcomeOfReply({ reply: read, at: "recipient", label: "" }).kind === "refused";
}
