import type { Job, Mailer, Scheduler, Store, WebhookTransport } from "@csat/core";
import type { SmtpServer } from "./mailer/smtp-server.ts";

/** One rule of a port, and the proof that an adapter keeps it. Cases share nothing: each gets a fixture of its own. */
export interface ConformanceCase<Fixture> {
  /** Stable and documented, e.g. `write/race/one-of-many-wins`. A renamed id is a breaking change. */
  readonly id: string;
  /** The rule in one sentence, as the adapter guide prints it. */
  readonly rule: string;
  /** Rejects with an AssertionError where the adapter breaks the rule. */
  run(fixture: Fixture): Promise<void>;
}

/**
 * An empty store, opened twice.
 * @typeParam Tx the transaction handle of the host's own database code.
 */
export interface StorageFixture<Tx> {
  readonly storage: Store<Tx>;
  /** A second handle on the same rows, as another process would have it. Over real connections it proves real races. */
  readonly otherProcess: Store<Tx>;
  /** Opens a transaction as the host would, hands over its handle, and ends it as `work` says. Rejects when `work` does, after a rollback. */
  hostTransaction(work: (tx: Tx) => Promise<"commit" | "rollback">): Promise<void>;
  /**
   * A handle on the same rows whose database sessions run in this time zone, such as `Pacific/Auckland`. A database
   * whose sessions know no zone answers any handle.
   */
  inZone(zone: string): Promise<Store<Tx>>;
}

/** A scheduler that nobody started yet, and power over its time. */
export interface SchedulerFixture {
  readonly scheduler: Scheduler;
  /** Jobs handed to the `run` of a case so far, oldest first; `recordDeliveries` keeps such a list. */
  readonly delivered: readonly Job[];
  /** Moves time on, by a fake clock or a real wait, and lets what is due by then begin. */
  advance(ms: number): Promise<void>;
  /** The present as the scheduler sees it; the machine's clock when left out. */
  now?(): Date;
}

/** A mailer, and the mailbox of everybody it writes to. */
export interface MailerFixture {
  readonly mailer: Mailer;
  /** Mails that arrived so far, oldest first, each as it went over the wire: header and body, in UTF-8. */
  received(): Promise<readonly { readonly raw: string }[]>;
  /**
   * The server of `startSmtpServer`, which the mailer sends through. Left out where mails go another way than SMTP: then
   * `known` names the cases of `knownWithoutSmtp`.
   */
  readonly smtp?: SmtpServer;
}

/** The mailer of a channel without e-mail addresses, such as a chat, and what its receivers see. */
export interface ChannelFixture {
  readonly mailer: Pick<Mailer, "send">;
  /** Messages that arrived so far, oldest first, each with the address that it arrived at. */
  received(): Promise<readonly { readonly address: string; readonly text: string }[]>;
  /** Lets the service fail once, with the next message. */
  failOnce(trouble: ChannelTrouble): void;
}

/** How a channel's service fails: nobody answers, the login is refused, it takes no more for now, it knows no such receiver. */
export type ChannelTrouble = "unreachable" | "unauthorized" | "throttled" | "unknown_recipient";

/** A webhook transport, and the receiver that its deliveries go to. */
export interface WebhookTransportFixture {
  /** Subscribes one endpoint or more to every event, and may reach `origin`. */
  readonly transport: WebhookTransport;
  /** Where the receiver listens, such as `http://127.0.0.1:4000`. It answers as the one of `startWebhookReceiver` does. */
  readonly origin: string;
  /** The `whsec_…` secret of all endpoints. Without it signatures are held to their form alone. */
  readonly secret?: string;
}

/** What an adapter's author brings along: fixtures, and an honest list of what cannot hold. */
export interface Harness<Fixture> {
  /** Called before every case. No fixture sees rows or jobs of another. */
  create(): Promise<Fixture & { close(): Promise<void> }>;
  /** Case id → why this adapter cannot keep the rule. Such a case is reported as skipped, with the reason in its name. */
  readonly known?: Readonly<Record<string, string>>;
}

/** The four functions the kit needs; vitest, jest and node:test all have them. Cases run one after another. */
export interface TestRunner {
  describe(name: string, body: () => void): void;
  it(name: string, body: () => Promise<void>): void;
  /** Reports a case as skipped; the reason stands in the name. */
  skip(name: string): void;
  afterEach(body: () => Promise<void>): void;
}

/** A case for storages of any kind: it passes host transactions on without looking at them. */
export type StorageCase = ConformanceCase<StorageFixture<unknown>>;

/** A case for schedulers. */
export type SchedulerCase = ConformanceCase<SchedulerFixture>;

/** A case for mailers. */
export type MailerCase = ConformanceCase<MailerFixture>;

/** A case for mailers of channels without e-mail addresses. */
export type ChannelCase = ConformanceCase<ChannelFixture>;

/** A case for webhook transports. */
export type WebhookTransportCase = ConformanceCase<WebhookTransportFixture>;
