import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import tls from "node:tls";
import { hasMethods } from "@csat/core";
import { Agent, type Dispatcher } from "undici";

/** Where an attempt may connect to. */
export interface Checked {
  readonly url: URL;
  /** Those that the attempt itself has just checked. */
  readonly addresses: readonly string[];
}

/** The connections of one transport. */
export interface Connections {
  /** Those to exactly these addresses of this origin. */
  to(checked: Checked): Kept;
}

/** Connections to one receiver. */
export interface Kept {
  readonly agent: Dispatcher;
  /** How many were opened until now; NaN when nobody knows. */
  opened(): number;
}

// A bulk, or the end of an outage, posts many events in one moment; whoever comes later connects anew. Receivers keep
// idle connections for five seconds and more, so that none is closed just as we use it.
const keptForMs = 1_000;
const mostReceivers = 100;

/**
 * Connections that are kept for a second. An attempt gets one only to the addresses that it has checked itself: a name
 * that resolves to others meanwhile has connections of its own. What is idle keeps no process alive.
 */
export function connections({
  timeoutMs,
  certificateAuthorities,
  dispatcher,
}: {
  readonly timeoutMs: number;
  readonly certificateAuthorities: readonly string[];
  /** The host's own way out, in place of all this. */
  readonly dispatcher: Dispatcher | undefined;
}): Connections {
  if (dispatcher !== undefined) return { to: () => ({ agent: dispatcher, opened: () => Number.NaN }) };
  const known = new Map<string, Kept>();

  function open(addresses: readonly string[]): Kept {
    const checked = addresses.map((address) => ({ address, family: isIP(address) }));
    let opened = 0;
    const agent = new Agent({
      connect: {
        timeout: timeoutMs,
        // Pinned: the name is not resolved again between the check and the connection.
        lookup: (_hostname, options, callback) => {
          if (options.all) return callback(null, checked);
          const [first] = checked;
          return callback(null, first?.address ?? "", first?.family ?? 0);
        },
        ...(certificateAuthorities.length === 0
          ? {}
          : { ca: [...trustedByNode(), ...certificateAuthorities] }),
      },
      pipelining: 1,
      keepAliveTimeout: keptForMs,
      keepAliveMaxTimeout: keptForMs,
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
    });
    agent.on("connect", () => {
      opened += 1;
    });
    return { agent, opened: () => opened };
  }

  return {
    to({ url, addresses }) {
      const key = JSON.stringify([url.origin, addresses.toSorted()]);
      const kept = known.get(key) ?? open(addresses);
      // The one that was used last goes last.
      known.delete(key);
      known.set(key, kept);
      const [oldest] = known;
      if (known.size > mostReceivers && oldest !== undefined) {
        known.delete(oldest[0]);
        // Waits for what is under way; nobody waits for it.
        oldest[1].agent.close().catch(() => {});
      }
      return kept;
    },
  };
}

/** What Node trusts by itself. Until 22.15 it does not tell, and the file of NODE_EXTRA_CA_CERTS is read once more. */
function trustedByNode(): readonly string[] {
  const told: unknown = tls;
  if (hasMethods<{ getCACertificates(type: "default"): readonly string[] }>(told, "getCACertificates"))
    return told.getCACertificates("default");
  const path = process.env.NODE_EXTRA_CA_CERTS;
  if (path === undefined || path === "") return tls.rootCertificates;
  try {
    return [...tls.rootCertificates, readFileSync(path, "utf8")];
  } catch {
    // Node itself has warned of it at its start.
    return tls.rootCertificates;
  }
}
