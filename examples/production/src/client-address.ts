import ipaddr from "ipaddr.js";

/** What is known of where a request came from. */
export interface Origin {
  /** The other end of the connection: a client, or the nearest proxy. */
  readonly connection: string;
  /** `X-Forwarded-For`. Each proxy adds at its end whom it was asked by; what stands before that, a client may have made up. */
  readonly forwardedFor: string | null;
  /** How many proxies in front are yours. With none the header says nothing. */
  readonly trustedProxies: number;
}

/**
 * Whom to count a request for: whoever asked the outermost proxy of yours, else the other end of the connection. IPv6 by
 * its /64, which is what one customer has.
 */
export function clientAddress({ connection, forwardedFor, trustedProxies }: Origin): string {
  const seen = (forwardedFor ?? "").split(",").map((entry) => entry.trim());
  const claimed = trustedProxies === 0 ? undefined : seen.at(-trustedProxies);
  return network(claimed !== undefined && ipaddr.isValid(claimed) ? claimed : connection);
}

function network(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  if (parsed.kind() === "ipv4") return parsed.toString();
  return `${parsed.toNormalizedString().split(":").slice(0, 4).join(":")}::/64`;
}
