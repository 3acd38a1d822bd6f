import type { AdminChange } from "../by-admins.ts";
import type { AllEmailTexts } from "../email/given-texts.ts";
import type { Precedence } from "../email/mail-headers.ts";
import type { EndpointFailing } from "../health.ts";
import type { NeverAsked } from "../policy/ask/never-asked.ts";
import type { AskRule } from "../policy/ask/rule.ts";
import type { MailBreaker } from "../policy/mail-breaker.ts";
import type { Retention } from "../policy/retention.ts";
import type { Clock } from "../ports/clock.ts";
import type { Logger } from "../ports/logger.ts";
import type { Mailer } from "../ports/mailer.ts";
import type { Scheduler } from "../ports/scheduler.ts";
import type { Store } from "../ports/store/store.ts";
import type { Telemetry } from "../ports/telemetry.ts";
import type { TicketSource } from "../ports/ticket-source.ts";
import type { WebhookTransport } from "../ports/webhook-transport.ts";
import type { Theme } from "../survey/theme.ts";
import type { CustomerTurns } from "./customer-turns.ts";
import type { KnownEndpoints } from "./known-endpoints.ts";
import type { Receivers } from "./receivers.ts";

/** What every step of the flow works with: the options of `createCsat`, checked, with their defaults. */
export interface Context<Tx> {
  readonly storage: Store<Tx>;
  readonly scheduler: Scheduler;
  readonly mailer: Mailer;
  readonly tickets: TicketSource;
  readonly webhooks: WebhookTransport | null;
  /** Absolute, without a trailing slash. */
  readonly publicUrl: string;
  readonly sweepEveryMs: number;
  readonly leaseForMs: number;
  readonly maxLatenessMs: number;
  readonly maxCommentLength: number;
  readonly rules: readonly AskRule[];
  readonly neverAsk: NeverAsked;
  /** The attributes by which figures are cut. */
  readonly slicedBy: readonly string[];
  readonly retention: Retention;
  /** Null where each workspace keeps one of its own. */
  readonly customerSecret: string | null;
  /** In this process. */
  readonly customerTurns: CustomerTurns;
  /** Null when the host gave none, a bad one, or none in time. */
  readonly themeOf: (workspaceId: string, withinMs?: number) => Promise<Theme | null>;
  /** Of mails, by locale. */
  readonly texts: AllEmailTexts;
  /** Of mails; null for no such header. */
  readonly precedence: Precedence | null;
  /** Null where the host names none. */
  readonly workspaceNameOf: (workspaceId: string) => Promise<string | null>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Never throws. */
  readonly telemetry: Telemetry;
  /**
   * Services that failed for every mail: for each channel that the mailer serves, by workspace (each may have its own).
   * This process's view; survives nothing.
   */
  readonly breakers: ReadonlyMap<string, Map<string, MailBreaker>>;
  readonly receivers: Receivers;
  readonly endpoints: KnownEndpoints;
  /** The host's, here and below; null when it gave none. */
  readonly onEndpointFailing: ((failing: EndpointFailing) => Promise<void> | void) | null;
  readonly onChange: ((change: AdminChange) => Promise<void> | void) | null;
}
