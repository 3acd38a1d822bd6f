/** Limits of RFC 5321, 4.5.3.1, in octets of UTF-8; the path's 256 less its angle brackets. */
const maxLocalPartOctets = 64;
const maxAddressOctets = 254;
const maxDomainLength = 253;

/**
 * RFC 5322's atext and dots, and for SMTPUTF8 (RFC 6531) whatever can be seen beyond ASCII. Some letters and marks show
 * nothing (a Hangul filler, a variation selector): two addresses would look like one.
 */
const dottedAtoms =
  /^(?!\.)(?:[\w!#$%&'*+/=?^`{|}~.-]|(?![\p{ASCII}\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]).)+$/u;
const needsQuotes = /\.\.|\.$/;
const domainLabel = /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/i;
const unicodeDomain = /^(?:(?!\p{Default_Ignorable_Code_Point})[\p{L}\p{M}\p{N}.-])+$/u;
/** What no top-level domain is: a number, as in an IP address without brackets, or a name that never leads anywhere (RFC 6761). */
const noTopLevelDomain = /^(?:\d+|0x[\da-f]*|localhost|invalid)$/i;

/**
 * The customer's address as SMTP takes it, when `value` is exactly one bare address of the internet; else null: for
 * null, blank, a list, a display name, angle brackets, `mailto:`, comments, control and invisible characters, domains
 * of one label (`root@localhost`, `dana@gmail`), address literals (`a@[192.0.2.1]`) (S14).
 *
 * White space around it is dropped, and a domain in Unicode becomes ASCII. A local part in Unicode stays: the mail
 * server must know SMTPUTF8. Dots that repeat or stand last (`taro.@docomo.ne.jp`) are no RFC 5321 form, yet providers
 * gave such addresses away: the local part is then in quotes, `"taro."@docomo.ne.jp`. Quotes around anything else, as in
 * `"john doe"@example.com`, are refused, and a dot in front: nobody hands those out, and mail programs misread them.
 * What it answers, it takes again as it is.
 */
export function singleAddress(value: string | null): string | null {
  const address = typeof value === "string" ? value.trim() : "";
  // No more than this limit is ever looked at, so the time is bounded.
  if (address.length > maxAddressOctets) return null;
  const at = address.lastIndexOf("@");
  if (at < 1) return null;
  const localPart = mailLocalPart(address.slice(0, at));
  const domain = mailDomain(address.slice(at + 1));
  if (localPart === null || domain === null) return null;
  const sendable = `${localPart}@${domain}`;
  return octets(sendable) > maxAddressOctets ? null : sendable;
}

/** Quoted where its dots ask for it; null for what no provider hands out. */
function mailLocalPart(given: string): string | null {
  const plain = /^"(.*)"$/s.exec(given)?.[1] ?? given;
  // The compatibility form shows what others may make of it: a full-width comma becomes a comma, such a dot a dot.
  const compatible = plain.normalize("NFKC");
  if (!dottedAtoms.test(plain) || !dottedAtoms.test(compatible)) return null;
  const isQuoted = needsQuotes.test(plain);
  if (isQuoted !== needsQuotes.test(compatible)) return null;
  const localPart = isQuoted ? `"${plain}"` : plain;
  return octets(localPart) > maxLocalPartOctets ? null : localPart;
}

/** In ASCII; null for what is no name of a host of the internet. */
function mailDomain(domain: string): string | null {
  const ascii = asciiDomain(domain);
  if (ascii === null || ascii.length > maxDomainLength) return null;
  const labels = ascii.split(".");
  if (labels.length < 2 || noTopLevelDomain.test(labels.at(-1) ?? "")) return null;
  return labels.every((label) => domainLabel.test(label)) ? ascii : null;
}

/** The domain in ASCII; null when a name in Unicode has no such form. */
function asciiDomain(domain: string): string | null {
  if (/^\p{ASCII}*$/u.test(domain)) return domain;
  // URL knows IDNA everywhere, but takes much more than a host name.
  const url = `http://${domain}`;
  return unicodeDomain.test(domain) && URL.canParse(url) ? new URL(url).hostname : null;
}

function octets(text: string): number {
  return new TextEncoder().encode(text).length;
}
