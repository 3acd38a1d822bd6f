import type { MailConcern, MailOutcome } from "../ports/mailer.ts";
import { mailWords } from "./mail-words.ts";
import type { SmtpReply } from "./smtp-reply.ts";

/** What can become of an attempt that was not accepted. */
export type FailedOutcome = Exclude<MailOutcome, { readonly kind: "accepted" }>;

/**
 * Where the conversation was: greeting, EHLO and STARTTLS; AUTH; MAIL FROM; RCPT TO; DATA and the end of the content.
 */
export type SmtpStage = "connection" | "login" | "sender" | "recipient" | "content";

/** Encryption or a login is wanted first. */
const loginCodes: ReadonlySet<number> = new Set([530, 534, 535, 538]);

/** Wrong order or state, not implemented. */
const sessionCodes: ReadonlySet<number> = new Set([502, 503, 504]);

/**
 * Enhanced codes that are the sender's, whatever the stage: RFC 3463's sender address; RFC 7372's failed SPF, DKIM and
 * reverse DNS; Google's unauthenticated mail (5.7.26 to .32) and daily limit (5.4.5); Exchange's login (5.7.57), rights of
 * a sender (5.7.60, 5.2.252), banned senders and addresses (5.7.501 to .503, .509, .511, .512, .606 to .649) and limits of
 * a tenant (5.7.700 to .799).
 */
const senderStatus =
  /^\d\.1\.[78]$|^\d\.7\.([89]|11|2\d|3[0-2]|57|60|50[1-3]|508|509|51[12]|6(0[6-9]|[1-4]\d)|7\d\d)$|^\d\.2\.252$|^5\.4\.5$/;

/**
 * Enhanced codes that are the recipient's: RFC 3463's address and mailbox, RFC 6531's "non-ASCII addresses not permitted",
 * and Exchange's mailboxes and groups that take mail from some senders alone (5.7.12x, 5.7.13x, 5.7.504, .505, .507).
 */
const recipientStatus = /^\d\.1\.\d+$|^\d\.2\.\d+$|^\d\.6\.7$|^\d\.7\.(12\d|13\d|50[457])$/;

/** RFC 3463: security and policy. */
const policyStatus = /^\d\.7\.\d+$/;

/** RFC 3463: the mail system and the network, where nothing else is said. */
const systemStatus = /^\d\.[34]\.\d+$/;

/**
 * The outcome of an attempt that a server answered with a refusal. It took nothing, at whatever stage. Only a 5xx to
 * RCPT TO that is about the mailbox is final. `label` is the outcome's `error`: codes and stage, never the server's words.
 */
export function outcomeOfReply({
  reply,
  at,
  label,
}: {
  readonly reply: SmtpReply;
  readonly at: SmtpStage;
  readonly label: string;
}): FailedOutcome {
  const concerns = concernOf(reply, at);
  return concerns === "recipient" && at === "recipient" && reply.code >= 500
    ? { kind: "refused", error: label }
    : { kind: "unavailable", error: label, concerns };
}

function concernOf(reply: SmtpReply, at: SmtpStage): MailConcern {
  const { code, enhanced } = reply;
  switch (at) {
    case "connection":
      return loginCodes.has(code) ? "sender" : "route";
    case "login":
      return isOfSystem(reply) ? "route" : "sender";
    case "sender":
      // RFC 6531: the server takes no address in Unicode; that may be this recipient's. RFC 1870: too large a mail.
      if (enhanced?.endsWith(".6.7")) return "recipient";
      if (enhanced?.endsWith(".3.4")) return "unknown";
      return isOfSystem(reply) ? "route" : "sender";
    default:
      return concernOfMail(reply, at);
  }
}

/** Closing down, or short of something, without a word about who sends. */
function isOfSystem({ code, enhanced, words }: SmtpReply): boolean {
  if (mailWords(words).surely === "sender" || code >= 500) return false;
  return code === 421 || (enhanced !== null && systemStatus.test(enhanced));
}

/** Postfix and others hold checks of client, HELO and sender back until RCPT TO; smart hosts until the end of the content. */
function concernOfMail({ code, enhanced, words }: SmtpReply, at: SmtpStage): MailConcern {
  if (loginCodes.has(code)) return "sender";
  const { surely, probably } = mailWords(words);
  const status = enhanced ?? "";
  // The code is of the mailbox alone, and said by Exchange with words such as "sender not authenticated for group".
  if (/^\d\.7\./.test(status) && recipientStatus.test(status)) return "recipient";
  if (surely !== null) return surely;
  if (senderStatus.test(status)) return "sender";
  if (sessionCodes.has(code)) return "route";
  if (recipientStatus.test(status)) return at === "content" && isFull(code, words) ? "sender" : "recipient";
  if (code === 421) return systemStatus.test(status) ? "route" : "unknown";
  if (at === "content") return isFull(code, words) ? "sender" : (probably ?? "unknown");
  if (code < 500) return probably ?? (systemStatus.test(status) ? "unknown" : "recipient");
  if (policyStatus.test(status) || code === 521) return probably === "recipient" ? "recipient" : "unknown";
  return probably ?? "recipient";
}

/** Who takes a whole mail and then speaks of a quota means the sender's, unless he names a mailbox. */
function isFull(code: number, words: string): boolean {
  return code === 552 && /\bquota\b/.test(words) && !/\b(mailbox|recipient|inbox)\b/.test(words);
}
