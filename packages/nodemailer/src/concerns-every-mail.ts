import type { SmtpReply } from "./smtp-reply.ts";

/** Wrong order or state, not implemented, host takes no mail, encryption or login needed: nothing about a recipient. */
const sessionCodes: ReadonlySet<number> = new Set([421, 502, 503, 504, 530, 534, 535, 538]);

/** RFC 3463: the sender's mailbox, the sender's system. */
const senderStatus = /^\d\.1\.[78]$/;

/** RFC 3463: security and policy. */
const policyStatus = /^5\.7\.\d+$/;

/** RFC 3463: address, mailbox; and RFC 6531's "non-ASCII addresses not permitted". */
const recipientStatus = /^\d\.(1\.\d+|2\.\d+|6\.7)$/;

/** Postfix and others hold checks of client, HELO and sender back until RCPT, so the reason stands in the words alone. */
const surelyNotRecipient = [
  /\brelaying\b/,
  /\brelay(ed)? (access )?(is )?(denied|not (permitted|allowed|authori[sz]ed)|prohibited|rejected|refused)/,
  /\b(unable|not (permitted|allowed|authori[sz]ed)|refused?|cannot|can't|won't|do(es)? not|don't) (to )?relay\b/,
  /\brcpthosts\b/,
  /\bsender('s)? (e-?mail )?(address |domain )?(was |is )?(rejected|denied|refused|invalid|unknown|verif|not (allowed|permitted|owned))/,
  /\b(helo|ehlo)( command)? (rejected|denied|refused)/,
  /\bclient (host|address) (rejected|denied|refused|blocked)/,
  /\bauth(enticate|entication)?\b.{0,40}\b(required|needed|first|failed|before)/,
  /\b(must|please|need to|require[sd]?) (first )?authenticat/,
  /\bmust issue a starttls\b/,
  /\b(log ?in|check your mail|pop) (first|before)\b/,
];

/** Words of blocking and throttling. They decide only where no enhanced code says that it is about the recipient. */
const probablyPolicy = [
  /\bpolic(y|ies)\b/,
  /\bspam/,
  /\b(black|block|deny) ?list/,
  /\b(blocked|banned|throttl\w*|dnsbl|rbl|spf|dkim|dmarc|helo|ehlo|ptr|reputation)\b/,
  /\b(rate ?limit|too many|too fast|reverse dns)/,
  /\b(sender|relay(?! recipient)|authenticat\w*|client host)\b/,
  // Exchange Online says "5.4.1 Recipient address rejected: Access denied" for a mailbox that does not exist.
  /^(?!.*\brecipient address rejected\b).*\baccess denied\b/s,
  /\byour (ip|host|server|network|domain)\b/,
];

/**
 * True when a server's refusal of a recipient is really about the connection, the login, the sender, relaying or the
 * server's policy: every other mail would get it too, and no recipient may be given up for it. A temporary refusal
 * counts as the recipient's unless it says otherwise, since greylisting comes under every code.
 */
export function concernsEveryMail({ code, enhanced, words }: SmtpReply): boolean {
  if (sessionCodes.has(code) || surelyNotRecipient.some((pattern) => pattern.test(words))) return true;
  if (enhanced !== null && senderStatus.test(enhanced)) return true;
  if (code < 500) return false;
  if (enhanced !== null && policyStatus.test(enhanced)) return true;
  if (enhanced !== null && recipientStatus.test(enhanced)) return false;
  return code === 521 || probablyPolicy.some((pattern) => pattern.test(words));
}
