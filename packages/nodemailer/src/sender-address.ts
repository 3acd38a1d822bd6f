import { domainToASCII } from "node:url";

/** Where mails come from. `domain` is in ASCII, ready for a Message-ID. */
export interface SenderAddress {
  readonly address: string;
  readonly domain: string;
}

/** The longest address that fits into an SMTP path (RFC 5321, 4.5.3.1.3, less the angle brackets). */
const maxAddressLength = 254;

const localPart = /^[^\s\p{Cc}\p{Cs}()<>@,;:\\"[\]]+$/u;
const asciiDomain = /^(?=.{1,253}$)[a-z\d]([a-z\d-]{0,61}[a-z\d])?(\.[a-z\d]([a-z\d-]{0,61}[a-z\d])?)*$/i;

/** Reads one bare address, `name@domain`; null for anything else, such as a display name, a list or a quoted local part. */
export function senderAddress(value: unknown): SenderAddress | null {
  if (typeof value !== "string" || Buffer.byteLength(value) > maxAddressLength) return null;
  const at = value.lastIndexOf("@");
  const domain = asciiForm(value.slice(at + 1));
  if (at < 1 || !localPart.test(value.slice(0, at)) || !asciiDomain.test(domain)) return null;
  return { address: value, domain };
}

/** Only what is not ASCII is converted: the conversion would also rewrite what merely looks like a number. */
function asciiForm(domain: string): string {
  return /^\p{ASCII}*$/u.test(domain) ? domain : domainToASCII(domain);
}
