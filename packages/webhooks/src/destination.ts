import { isIP } from "node:net";
import { type AddressGuard, plainName } from "./address-guard.ts";

/** Where an attempt may connect to, or why it must not. */
export type Destination =
  | { readonly kind: "open"; readonly url: URL; readonly addresses: readonly string[] }
  | { readonly kind: "refused"; readonly retryable: boolean; readonly error: string };

/**
 * Checks a receiver's URL and every address of its name. The connection must be made to one of `addresses` and to
 * nothing else: a second lookup could answer otherwise. Rejects as `lookup` does.
 */
export async function destinationOf({
  url: given,
  guard,
  lookup,
}: {
  readonly url: string;
  readonly guard: AddressGuard;
  /** Null where somebody else resolves names. */
  readonly lookup: ((hostname: string) => Promise<readonly string[]>) | null;
}): Promise<Destination> {
  const url = parseUrl(given);
  if (url === null) return refused("the URL is no absolute http or https URL");
  if (url.username !== "" || url.password !== "") return refused("the URL holds a user name or password");
  // The URL standard has turned 127.1, 0x7f.1, 2130706433 and full-width digits into 127.0.0.1 by now.
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const isNameListed = guard.allowsName(host);
  if (isIP(host) !== 0) return check({ url, addresses: [host], guard, isNameListed, isLiteral: true });
  if (isLocalName(host) && !isNameListed && !guard.isListed("127.0.0.1")) return refused(notPublic);
  if (lookup !== null)
    return check({ url, addresses: await lookup(host), guard, isNameListed, isLiteral: false });
  return url.protocol === "http:" && !isNameListed ? refused(notHttps) : { kind: "open", url, addresses: [] };
}

const notHttps = "the URL must begin with https://";
const notPublic = "the address is not public";

function check({
  url,
  addresses,
  guard,
  isNameListed,
  isLiteral,
}: {
  readonly url: URL;
  readonly addresses: readonly string[];
  readonly guard: AddressGuard;
  readonly isNameListed: boolean;
  readonly isLiteral: boolean;
}): Destination {
  // What a name resolves to may be repaired by itself; a literal address and http stay until somebody changes the URL.
  if (addresses.length === 0) return { kind: "refused", retryable: true, error: "the name has no address" };
  if (!addresses.every((address) => isIP(address) !== 0 && (isNameListed || guard.allowsAddress(address)))) {
    return { kind: "refused", retryable: !isLiteral, error: notPublic };
  }
  const mayGoPlain = isNameListed || addresses.every((address) => guard.isListed(address));
  if (url.protocol === "http:" && !mayGoPlain) return refused(notHttps);
  return { kind: "open", url, addresses };
}

function refused(error: string): Destination {
  return { kind: "refused", retryable: false, error };
}

/** Null unless it is an absolute URL of the web. */
export function parseUrl(url: string): URL | null {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  return parsed?.protocol === "https:" || parsed?.protocol === "http:" ? parsed : null;
}

function isLocalName(hostname: string): boolean {
  const name = plainName(hostname);
  return name === "localhost" || name.endsWith(".localhost");
}
