import { isIP } from "node:net";
import ipaddr from "ipaddr.js";

/** Where requests may go. */
export interface AddressGuard {
  /** True when the host listed this name: it may resolve to anything, and go without TLS. */
  allowsName(hostname: string): boolean;
  /** True for an address of the public Internet, and for what the host allowed. */
  allowsAddress(address: string): boolean;
  /** True for what the host allowed itself: it may be spoken to without TLS. */
  isListed(address: string): boolean;
}

interface Network {
  readonly address: ipaddr.IPv4 | ipaddr.IPv6;
  readonly prefix: number;
}

/** The guard for an `allowPrivateAddresses`, whose entries were checked before. */
export function addressGuard(allowed: true | readonly string[]): AddressGuard {
  const entries = allowed === true ? [] : allowed;
  const networks = entries.flatMap((entry) => networkOf(entry) ?? []);
  const names = new Set(entries.filter((entry) => networkOf(entry) === null).map(plainName));

  function isListed(address: string): boolean {
    const parsed = parseAddress(address);
    if (parsed === null) return false;
    if (allowed === true) return !isPublic(parsed);
    return networks.some(
      ({ address: network, prefix }) => parsed.kind() === network.kind() && parsed.match(network, prefix),
    );
  }

  return {
    allowsName: (hostname) => names.has(plainName(hostname)),
    allowsAddress: (address) => {
      const parsed = parseAddress(address);
      return parsed !== null && (isPublic(parsed) || isListed(address));
    },
    isListed,
  };
}

/** Lower case, without the dot that ends a full name. */
export function plainName(hostname: string): string {
  return hostname.toLowerCase().replace(/\.+$/, "");
}

/** An address or a network in CIDR notation; null for everything else, shortened IPv4 included. */
export function networkOf(entry: string): Network | null {
  const [address = "", prefix, ...rest] = entry.split("/");
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return null;
  const longest = version === 4 ? 32 : 128;
  if (prefix !== undefined && !(/^\d{1,3}$/.test(prefix) && Number(prefix) <= longest)) return null;
  return { address: ipaddr.parse(address), prefix: prefix === undefined ? longest : Number(prefix) };
}

// RFC 6052, 2.1: where names have IPv4 addresses alone, DNS64 answers with these, and a translator passes them on.
const nat64 = ipaddr.IPv6.parse("64:ff9b::");

/** IPv4 in IPv6 clothes (`::ffff:127.0.0.1`, `64:ff9b::7f00:1`) is taken as what it is. */
function parseAddress(address: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  if (isIP(address) === 0) return null;
  const parsed = ipaddr.process(address);
  const isTranslated = parsed instanceof ipaddr.IPv6 && parsed.match(nat64, 96);
  return isTranslated ? new ipaddr.IPv4(parsed.toByteArray().slice(12)) : parsed;
}

// 2000::/3 is all that was ever given out as public IPv6: IPv4-compatible, site-local, a network's own NAT64 and what may come lie outside.
const globalUnicast = ipaddr.IPv6.parse("2000::");
const documentation = ipaddr.IPv6.parse("3fff::");
// Azure's own services answer each of its machines there, its credentials among them; it is public by number alone.
const azure = "168.63.129.16";

function isPublic(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  // "unicast" is what remains: no loopback, private, shared, link-local, multicast, benchmark, 6to4, Teredo … range.
  if (address.range() !== "unicast" || address.toString() === azure) return false;
  return (
    address instanceof ipaddr.IPv4 || (address.match(globalUnicast, 3) && !address.match(documentation, 20))
  );
}
