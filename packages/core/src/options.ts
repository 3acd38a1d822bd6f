import type { AdminChange } from "./by-admins.ts";
import type { DeclaredAttribute } from "./declared-attributes.ts";
import type { GivenEmailTexts } from "./email/given-texts.ts";
import type { Precedence } from "./email/mail-headers.ts";
import type { EndpointFailing } from "./health.ts";
import type { NeverAsked } from "./policy/ask/never-asked.ts";
import type { AskRule } from "./policy/ask/rule.ts";
import type { Retention } from "./policy/retention.ts";
import type { Clock } from "./ports/clock.ts";
import type { Logger } from "./ports/logger.ts";
import type { Mailer } from "./ports/mailer.ts";
import type { Scheduler } from "./ports/scheduler.ts";
import type { Store } from "./ports/store/store.ts";
import type { Telemetry } from "./ports/telemetry.ts";
import type { TicketSource } from "./ports/ticket-source.ts";
import type { WebhookTransport } from "./ports/webhook-transport.ts";
import type { Theme } from "./survey/theme.ts";

/** What `createCsat` takes. */
export interface CsatOptions<Tx> {
  /** Where surveys, answers and events live: `@csat/postgres`, or an adapter that passes `@csat/conformance`. */
  readonly storage: Store<Tx>;
  /** Wakes workers when something is due: `inProcessScheduler` of `@csat/memory`, or `@csat/bullmq`. The sweep does what it loses. */
  readonly scheduler: Scheduler;
  /** Sends one mail: `@csat/nodemailer`, or your own. */
  readonly mailer: Mailer;
  /** Your tickets, read afresh before each mail. */
  readonly tickets: TicketSource;
  /** Without it answers are recorded and no events raised. */
  readonly webhooks?: WebhookTransport;
  /** Absolute http(s) URL under which the public page is mounted, with or without a trailing slash. */
  readonly publicUrl: string;
  /** How often work with lost wake-ups is looked for, in milliseconds. Default 60,000; at least 10. */
  readonly sweepEveryMs?: number;
  /** How long a worker may hold a survey or an event, in milliseconds. Sends are aborted before. Default 60,000; at least 100. */
  readonly leaseForMs?: number;
  /** How long one call of the storage may take before it has failed, in milliseconds. Not inside a transaction of yours. Default 30,000; at least 100. */
  readonly storageTimeoutMs?: number;
  /** A survey that could not go out for so long after it was first due, or a resolution that old on arrival, is `expired`. Milliseconds, default 7 days. */
  readonly maxLatenessMs?: number;
  /** Longest comment, in Unicode code points. Default 2,000; 1 to 10,000. */
  readonly maxCommentLength?: number;
  /** Whom to ask, in your own words: asked in this order before every attempt, the first that says no decides. At most 20. */
  readonly rules?: readonly AskRule[];
  /** Whom never to ask: mailboxes that nobody reads, and operators who worked on the ticket. Both on by default. */
  readonly neverAsk?: Partial<NeverAsked>;
  /**
   * Attributes of your tickets that are told apart: at most 8 names such as `team`. `slice: true`, for at most 5, keeps the
   * ticket's value with each send, so that every figure can be cut by it. Rules read any attribute, declared or not.
   */
  readonly attributes?: Readonly<Record<string, DeclaredAttribute>>;
  /**
   * What the keys are made with by which customers are known (HMAC-SHA-256): at least 32 characters, the same in every process for ever. Made once
   * for each workspace and kept beside its settings when left out.
   */
  readonly customerSecret?: string;
  /**
   * The `Precedence` of mails. `bulk` by default, the word that most programs of absent people know, so that they do not answer; some
   * receivers put away or drop what says so: then `list`, or null for no such header. `Auto-Submitted` stands in any case.
   */
  readonly precedence?: Precedence | null;
  /**
   * Keeps comments, journal, events and links so many days and no longer. Done by the housekeeping of workers and of
   * `runDue`, in short statements for two seconds a sweep. Left out: for ever.
   */
  readonly retention?: Retention;
  /** Looks of a workspace's mail and page. One that throws, answers nonsense or takes two seconds gives the standard look. */
  readonly theme?: (workspaceId: string) => Promise<Theme> | Theme;
  /**
   * Sentences of mails by BCP 47 locale, over ours or of a language of your own. What a locale leaves out is taken from
   * its language, then from English. Where one has named and nameless forms, both are given.
   */
  readonly texts?: GivenEmailTexts;
  /**
   * What a workspace is called, for previews of its mail and on the page for opting out; a real mail takes its ticket's. One that
   * throws, answers nonsense or takes two seconds gives a sample name, and on that page none.
   */
  readonly workspaceName?: (workspaceId: string) => Promise<string> | string;
  /**
   * Called when an endpoint has taken no event for a day, at the attempt that finds it so: once for each outage, by one of all
   * workers, and not again should it fail or the process end. Its tenant wants to know. See also `health()`.
   */
  readonly onEndpointFailing?: (failing: EndpointFailing) => Promise<void> | void;
  /**
   * Told what an admin changed, after it was stored: settings, excluded and restored answers, replays. Who, when, and what
   * stood before. Not what a call with `{ tx }` does, which may be rolled back: that caller knows. Waited for, five seconds
   * at most; one that throws or takes longer is logged, and fails nothing.
   */
  readonly onChange?: (change: AdminChange) => Promise<void> | void;
  /** The machine's by default. Another one is for tests and demos. */
  readonly clock?: Clock;
  /** Told what went wrong and who must do what, without a token, an address or a comment. The console hears warnings and errors by default; `silentLogger` keeps quiet. */
  readonly logger?: Logger;
  /** Told of every step and figure of the flow; `@csat/opentelemetry` makes one. */
  readonly telemetry?: Telemetry;
}
