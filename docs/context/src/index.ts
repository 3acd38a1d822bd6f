// An adapter that somebody writes: the samples of @csat/conformance prove it.
import type { Mailer, Scheduler, Store, WebhookTransport } from "@csat/core";
import type { FakeClock } from "@csat/memory";

/** A connection to the author's database. */
export interface Connection {
  readonly query: (text: string) => Promise<unknown>;
}

export declare function myStorage(connection: Connection): Store<Connection>;
export declare function myScheduler(options: { readonly clock: FakeClock }): Scheduler;
export declare function myMailer(options: { readonly url: string }): Mailer;
export declare function myChat(options: { readonly url: string }): Mailer;
export declare function myTransport(options: {
  readonly endpoints: readonly { readonly id: string; readonly url: string; readonly secret: string }[];
  readonly allow: readonly string[];
}): WebhookTransport;
