import { singleAddress } from "@csat/core";

/**
 * The address of `rfc822; ann@customer.example`, as Final-Recipient and its like name it (RFC 3464, 2.1.2), with or without
 * brackets; null when it is of another kind of mail (X.400), or none that a mail could go to.
 */
export function typedAddress(value: string | undefined): string | null {
  const [, type, address = ""] = /^(?:([\w-]+)[ \t]*;)?(.*)$/s.exec(value ?? "") ?? [];
  if (type !== undefined && !/^(?:rfc822|smtp|utf-?8)$/i.test(type)) return null;
  return bareAddress(address);
}

/** The address of `Ann <ann@customer.example>` or `ann@customer.example`; null for none, and for several. */
export function bareAddress(value: string | undefined): string | null {
  const text = (value ?? "").slice(0, 1_000);
  const inBrackets = text.match(/<[^<>]*>/g) ?? [];
  if (inBrackets.length > 1) return null;
  return singleAddress(inBrackets[0]?.slice(1, -1) ?? text);
}

/** Two spellings of one address: large letters count for nothing. */
export function isSameAddress(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && one.toLowerCase() === other.toLowerCase();
}
