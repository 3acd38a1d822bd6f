import type { MailConcern } from "../ports/mailer.ts";

/** Exchange and Google speak of the mailbox in words that look like those about a sender. */
const surelyRecipient = [
  /\b(account|user|mailbox|recipient) (that )?you('re| are)? (tried|trying|tried to|trying to)? ?(to )?(reach|contact|e-?mail)/,
  /\bresolver\.rst\b/,
  /\brecipientnotfound\b/,
  /\brecipient( e-?mail)?( address)? rejected: (user unknown|unverified|undeliverable|access denied|greylist|mailbox)/,
];

/** Sender, login, relaying, a limit, an unverified domain: whoever the mail is for, this server takes none. */
const surelySender = [
  /\brelaying\b/,
  /\brelay(ed)? (access )?(is )?(denied|not (permitted|allowed|authori[sz]ed)|prohibited|rejected|refused)/,
  /\b(unable|not (permitted|allowed|authori[sz]ed)|refused?|cannot|can't|won't|do(es)? not|don't) (to )?relay\b/,
  /\brcpthosts\b/,
  /\bsender('s)? (e-?mail )?(address |domain )?(was |is )?(rejected|denied|refused|invalid|unknown|verif|not (allowed|permitted|owned|valid))/,
  /\b(helo|ehlo)( command)? (rejected|denied|refused)/,
  /\bclient (host|address) (rejected|denied|refused|blocked)/,
  /\bclient host\b.{0,60}\bblocked\b/,
  /\bauth(enticate|entication)?\b.{0,40}\b(required|needed|first|failed|before)/,
  /\b(must|please|need to|require[sd]?) (first )?authenticat/,
  /\bmust issue a starttls\b/,
  /\b(log ?in|check your mail|pop) (first|before)\b/,
  // Mail services: a sandbox, an identity, a signature, a domain that nobody has confirmed.
  /\b(identit(y|ies)|sender|from|domain|e-?mail address)\b.{0,80}\bnot (been |yet )?(verified|confirmed|validated)\b/,
  /\b(domain|identity|sender) (is )?unverified\b|\bunverified (domain|identity|sender)\b/,
  /\bverified (sender|domain|identity|from)\b|\bverify (your|the|a) (domain|sender|identity)\b/,
  /\bsender (identity|signatures?)\b/,
  /\bsend ?as ?denied\b|\b(not (allowed|authori[sz]ed|permitted)|permissions?|right) to send\b/,
  /\bnot (allowed|authori[sz]ed|permitted) to (use|submit|perform)\b/,
  /\bfrom['"`]? (address|field|parameter|e-?mail|header)\b/,
  /\binvalid ['"`]?from\b/,
  /\b(sandbox|trial|free) (domain|account|plan|subdomain)s?\b/,
  /\bauthori[sz]ed recipients\b/,
  /\bapi[ _-]?key\b|\b(invalid|missing|bad) (login|credentials|password|token)\b/,
  // Limits of an account. What a recipient gets too much of is said of the recipient, above.
  /\bthrottl/,
  /\b(send(ing)?|sender|daily|hourly|monthly|weekly|per[- ](second|minute|hour|day|month)|messaging|account|outgoing|outbound|plan)\b.{0,40}\b(limits?|quotas?|rate|allowance|credits?)\b/,
  /\b(messages?|mails?|e-?mails?)( that)?( can be)?( sent)? per (second|minute|hour|day|month)\b/,
  /\b(not enough|no|insufficient|out of) credits?\b/,
  // Reputation and proof of origin.
  /\b(unauthenticated|dmarc|dkim|spf)\b/,
  /\byour (ip|host|server|network|domain|account|organi[sz]ation|tenant|plan)\b/,
  /\baccount (is |has been |was )?(under review|suspended|paused|disabled|blocked|locked|restricted|deactivated|not (yet )?activ)/,
  /\bsending (is |has been |was )?(paused|disabled|suspended|blocked)\b/,
  /\b(mail|messages?|e-?mail) from\b.{0,60}\b(blocked|deferred|rejected|refused|not (accepted|allowed))\b/,
  /\b(banned|blocked) (sender|sending)\b|\bbad outbound sender\b/,
];

/** The mailbox, its owner or its domain. */
const probablyRecipient = [
  /\b(recipient|mailbox|inbox|mail ?box|user|address)\b.{0,40}\b(full|over ?quota|quota|unknown|not found|unavailable|inactive|disabled|does not exist|doesn't exist|invalid|suppress\w*|rejected)\b/,
  /\b(no such|unknown|invalid|bad|inactive|unroutable|suppressed|non-?existent) (local )?(user|recipients?|mailbox|address|destination)\b/,
  /\b(recipients?|to|address)\b.{0,60}\b(suppression|suppressed|bounced|unsubscribed|hard ?bounce|spam complaint|on (the|a) (bounce|block) ?list)\b/,
  /['"`]to['"`]|\binvalid to\b|\bto (address|field|parameter)\b/,
  /\bgr[ae]y-?list/,
];

/** Words of blocking, pace and spam: no recipient may be given up for them, and whom they concern they do not say. */
const undecided = [
  /\bpolic(y|ies)\b/,
  /\bspam/,
  /\b(black|block|deny) ?list/,
  /\b(blocked|banned|dnsbl|rbl|helo|ehlo|ptr|reputation)\b/,
  /\b(rate ?limit|rate limited|too many|too fast|too much mail|reverse dns|server busy|limit exceeded|quota exceeded)/,
  /\b(sender|relay(?! recipient)|authenticat\w*|client host)\b/,
  // Exchange Online says "5.4.1 Recipient address rejected: Access denied" for a mailbox that does not exist.
  /^(?!.*\brecipient address rejected\b).*\baccess denied\b/s,
];

/** Whom the words of a refusal blame, in lower case and without addresses; null where they blame nobody. */
export function mailWords(words: string): {
  /** Whom they surely blame. */
  readonly surely: "recipient" | "sender" | null;
  /** What remains when neither they nor a code say it for sure. */
  readonly probably: Exclude<MailConcern, "route"> | null;
} {
  const says = (patterns: readonly RegExp[]) => patterns.some((pattern) => pattern.test(words));
  const surely = says(surelyRecipient) ? "recipient" : says(surelySender) ? "sender" : null;
  const probably = says(undecided) ? "unknown" : says(probablyRecipient) ? "recipient" : null;
  return { surely, probably: surely ?? probably };
}
