import type { Clock, OutboxEvent, WebhookEndpoint } from "@csat/core";
import type { Dispatcher } from "undici";

/** A receiver and what its deliveries are signed with. */
export interface SignedEndpoint extends WebhookEndpoint {
  /**
   * A Standard Webhooks secret: base64 of at least 24 random bytes, with or without the prefix `whsec_`. While one is
   * replaced give the old and the new one: every delivery is then signed with both, and the receiver may know either.
   */
  readonly secret: string | readonly string[];
  /** Gets the events of this workspace alone; of every workspace when left out. */
  readonly workspaceId?: string;
  /**
   * Sent along with every delivery, such as an `authorization` that the receiver's gateway asks for: 20 at most. Those of the
   * signature and of the connection cannot be set. Like secrets they stay in here.
   */
  readonly headers?: Readonly<Record<string, string>>;
}

/** All addresses of a name, as text. Asked once per attempt; `signal` ends with the attempt. */
export type Lookup = (hostname: string, signal: AbortSignal) => Promise<readonly string[]>;

/** What `webhookTransport` takes. */
export interface WebhookTransportOptions {
  /** Who gets the events: a list, or a function that is asked for each event and may read a database. When it throws, the event waits. */
  readonly endpoints:
    | readonly SignedEndpoint[]
    | ((event: OutboxEvent) => readonly SignedEndpoint[] | Promise<readonly SignedEndpoint[]>);
  /** Longest an attempt takes in all, from the lookup to the end of the answer. 10,000 by default. */
  readonly timeoutMs?: number;
  /**
   * Receivers in a network that is not public: names (`hooks.intra.example`), addresses (`10.0.0.7`) or networks
   * (`10.0.0.0/8`); `true` allows every address. What is listed may also speak plain http, the rest of the world may
   * not. Nothing by default: never allow what your users can name and should not reach.
   */
  readonly allowPrivateAddresses?: true | readonly string[];
  /** Called when a receiver answers 410: it wants no more. Remove the endpoint here. What it throws stands in the delivery's error. */
  readonly onGone?: (gone: { readonly endpointId: string; readonly workspaceId: string }) => unknown;
  /** How the names of receivers are resolved; by default by DNS, then as the system does. */
  readonly lookup?: Lookup;
  /**
   * The way out through a proxy of yours, such as `new ProxyAgent("http://proxy.intra:3128")` of undici. The proxy resolves
   * names then, so it must refuse private addresses itself: here only literal ones are checked.
   */
  readonly dispatcher?: Dispatcher;
  /** Most bytes read of an answer, 65,536 by default. What it says is neither kept nor logged. */
  readonly maxResponseBytes?: number;
  /** Certificates (PEM) that are trusted besides those that Node trusts by itself, `NODE_EXTRA_CA_CERTS` among them. */
  readonly certificateAuthorities?: readonly string[];
  /** Stamps the attempts; the machine's clock by default. Receivers refuse what is more than five minutes off theirs. */
  readonly clock?: Clock;
}
