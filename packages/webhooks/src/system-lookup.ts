import { lookup, Resolver } from "node:dns/promises";
import { errorCode } from "@csat/core";
import type { Lookup } from "./webhook-transport-options.ts";

const waitedInVain: ReadonlySet<unknown> = new Set(["ETIMEOUT", "ECANCELLED"]);

/**
 * All addresses that DNS knows of a name, else those that the system knows besides: its hosts file, its search domains. DNS is
 * asked by a resolver that is canceled with the signal: the system's own waits in one of few threads that the whole
 * process shares, and nobody can end it.
 */
export function systemLookup(newResolver = () => new Resolver({ timeout: 2_000, tries: 2 })): Lookup {
  return async (hostname, signal) => {
    signal.throwIfAborted();
    const resolver = newResolver();
    const cancel = () => resolver.cancel();
    signal.addEventListener("abort", cancel, { once: true });
    try {
      const answers = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]);
      const addresses = answers.flatMap((answer) => (answer.status === "fulfilled" ? answer.value : []));
      if (addresses.length > 0) return addresses;
      for (const answer of answers)
        if (answer.status === "rejected" && waitedInVain.has(errorCode(answer.reason))) throw answer.reason;
      return (await lookup(hostname, { all: true })).map(({ address }) => address);
    } finally {
      signal.removeEventListener("abort", cancel);
    }
  };
}
