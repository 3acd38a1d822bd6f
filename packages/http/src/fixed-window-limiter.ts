import { CsatError } from "@csat/core";
import type { HandlerOptions } from "./handler-options.ts";

/** How much `fixedWindowLimiter` lets through. */
export interface LimiterOptions {
  /** Requests per window for one token. Opening and answering a survey takes two. */
  readonly perToken: number;
  /** Requests per window for one address; an office behind one address shares it. */
  readonly perAddress: number;
  /**
   * POSTs to links for opting out, per window for one address: mailbox providers send those of all their users from a few
   * addresses. They are counted by themselves. Default ten times `perAddress`.
   */
  readonly optOutsPerAddress?: number;
  /** Length of a window in milliseconds. */
  readonly windowMs: number;
  /**
   * The client's address, from where your set-up can be trusted: the connection, or a header that your own proxy sets.
   * For IPv6 answer the /64. Null: not known, and only the token's limit holds.
   */
  readonly addressOf: (request: Request) => string | null;
  /** Most tokens, and most addresses, remembered at once; default 10,000. Beyond it the longest unseen is forgotten. */
  readonly maxKeys?: number;
  /** Milliseconds that pass and never go back, whoever sets the machine's clock; by default `performance.now`. */
  readonly elapsedMs?: () => number;
}

/**
 * Makes an `allowRequest` that counts in this process, by token and by client address, in windows of fixed length. Up
 * to twice the limit can pass around the turn of a window; several processes each count for themselves.
 * @throws CsatError `invalid_config` when a number is not whole or below 1
 */
export function fixedWindowLimiter(options: LimiterOptions): NonNullable<HandlerOptions["allowRequest"]> {
  const { perToken, perAddress, windowMs, addressOf, maxKeys = 10_000 } = options;
  const { optOutsPerAddress = 10 * perAddress } = options;
  const elapsedMs = options.elapsedMs ?? (() => performance.now());
  refuseWrongNumbers({ perToken, perAddress, optOutsPerAddress, windowMs, maxKeys });
  // Apart, so that made-up tokens cannot push out the address that sends them.
  const tokens = counter(maxKeys);
  const addresses = counter(maxKeys);
  const optOuts = counter(maxKeys);
  let windowStart = Number.NEGATIVE_INFINITY;
  return async (request, token) => {
    const now = elapsedMs();
    if (now - windowStart >= windowMs) {
      windowStart = now;
      tokens.clear();
      addresses.clear();
      optOuts.clear();
    }
    const address = addressOf(request);
    const [counted, limit] = isOptOut(request) ? [optOuts, optOutsPerAddress] : [addresses, perAddress];
    const isAddressFine = address === null || counted.count(address) <= limit;
    return tokens.count(token) <= perToken && isAddressFine;
  };
}

// Below whatever base path: what stands before the last segment says what a link is for.
function isOptOut({ method, url }: Request): boolean {
  return method === "POST" && /\/o\/[^/]+\/?$/i.test(url.split("?", 1)[0] ?? "");
}

function refuseWrongNumbers(numbers: Readonly<Record<string, number>>): void {
  const issues = Object.entries(numbers)
    .filter(([, value]) => !Number.isInteger(value) || value < 1)
    .map(([path]) => ({ path, message: "must be a whole number from 1" }));
  if (issues.length === 0) return;
  const names = issues.map(({ path }) => path).join(", ");
  throw new CsatError("invalid_config", `fixedWindowLimiter: ${names} must be whole numbers from 1.`, {
    issues,
  });
}

interface Counter {
  /** Counts one more and answers how many there are now. */
  count(key: string): number;
  clear(): void;
}

// Longer than any address or genuine token; what differs only behind it is made up.
const maxKeyLength = 200;

function counter(maxKeys: number): Counter {
  const counts = new Map<string, number>();
  return {
    count(key) {
      // Put together anew: a slice alone holds on to the whole text it was cut from, 15 kB of a header for each key.
      const kept = Array.from(key.slice(0, maxKeyLength)).join("");
      const next = (counts.get(kept) ?? 0) + 1;
      // Put at the end: the first key of the map is the one unseen for longest.
      counts.delete(kept);
      counts.set(kept, next);
      if (counts.size > maxKeys) counts.delete(counts.keys().next().value ?? "");
      return next;
    },
    clear() {
      counts.clear();
    },
  };
}
