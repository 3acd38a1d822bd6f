/** Limits of RFC 5321, 4.5.3.1, in octets of UTF-8; the path's 256 less its angle brackets. */
const maxLocalPartOctets = 64;
const maxAddressOctets = 254;
const maxDomainLength = 253;

/** RFC 5322's atext, and for SMTPUTF8 (RFC 6531) whatever can be seen beyond ASCII. */
const atom = /^(?:[\w!#$%&'*+/=?^`{|}~-]|[^\p{ASCII}\p{C}\p{Z}])+$/u;
const quotedAtoms = /^"[\w!#$%&'*+/=?^`{|}~. -]+"$/;
const domainLabel = /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/i;
const unicodeDomain = /^[\p{L}\p{M}\p{N}.-]+$/u;
const ipv4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/;

/**
 * `value` without surrounding white space when it is exactly one bare, syntactically valid e-mail address; else null:
 * for null, blank, a list, a display name, angle brackets, comments, control characters (S14).
 *
 * Taken: RFC 5321's form with sub-addresses, Unicode in both parts, domains of one label (`root@localhost`, as on an
 * intranet) and address literals (`a@[192.0.2.1]`). Of quoted local parts only those of plain characters, dots and
 * spaces: a separator or an `@` between quotes is read as a second address by some mail programs.
 */
export function singleAddress(value: string | null): string | null {
  const address = typeof value === "string" ? value.trim() : "";
  // No more than these limits is ever looked at, so the time is bounded.
  if (address.length > maxAddressOctets || octets(address) > maxAddressOctets) return null;
  const at = address.lastIndexOf("@");
  if (at < 1) return null;
  return isLocalPart(address.slice(0, at)) && isDomain(address.slice(at + 1)) ? address : null;
}

function isLocalPart(localPart: string): boolean {
  if (octets(localPart) > maxLocalPartOctets) return false;
  if (quotedAtoms.test(localPart)) return true;
  // The compatibility form shows what others may make of it: a full-width comma becomes a comma.
  return [localPart, localPart.normalize("NFKC")].every((form) =>
    form.split(".").every((part) => atom.test(part)),
  );
}

function isDomain(domain: string): boolean {
  if (domain.startsWith("[") && domain.endsWith("]")) return isAddressLiteral(domain.slice(1, -1));
  const ascii = asciiDomain(domain);
  if (ascii === null || ascii.length > maxDomainLength) return false;
  const labels = ascii.split(".");
  // No top-level domain is a number; 192.0.2.1 without brackets is a mistake.
  return labels.every((label) => domainLabel.test(label)) && !/^\d+$/.test(labels.at(-1) ?? "");
}

/** The domain in ASCII; null when a name in Unicode has no such form. */
function asciiDomain(domain: string): string | null {
  if (/^\p{ASCII}*$/u.test(domain)) return domain;
  // URL knows IDNA everywhere, but takes much more than a host name.
  const url = `http://${domain}`;
  return unicodeDomain.test(domain) && URL.canParse(url) ? new URL(url).hostname : null;
}

function isAddressLiteral(literal: string): boolean {
  const ipv6 = /^ipv6:([\da-f:.]+)$/i.exec(literal)?.[1];
  return ipv6 === undefined ? ipv4.test(literal) : URL.canParse(`http://[${ipv6}]`);
}

function octets(text: string): number {
  return new TextEncoder().encode(text).length;
}
