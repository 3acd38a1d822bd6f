import * as z from "zod/mini";
import { foreignText } from "../error-kind.ts";
import type { ExclusionReason } from "../survey/exclusion-reason.ts";
import type { Rating } from "../survey/response.ts";
import { invalidAnswer, readAnswer, saidOf } from "./answers.ts";
import type { Logger } from "./logger.ts";

/** Delivers events to the receivers of a workspace. */
export interface WebhookTransport {
  /** Endpoints of this event's workspace; asked once per event, before its first attempt. Those that do not ask for its type get none. */
  endpointsFor(event: OutboxEvent): Promise<readonly WebhookEndpoint[]>;
  /** One attempt, freshly signed. A failure of HTTP or the network is a result, never an exception. */
  deliver(endpoint: WebhookEndpoint, event: OutboxEvent, signal: AbortSignal): Promise<DeliveryResult>;
}

/** One receiver. */
export interface WebhookEndpoint {
  readonly id: string;
  readonly url: string;
  /**
   * Types of events that it asks for; `ticket.csat_received` alone when left out, so that no endpoint gets a type that it
   * does not know. `csat.test` is for all.
   */
  readonly events?: readonly string[];
}

/**
 * What became of one attempt. `retryAfterMs` is what the receiver asked for; null when it said nothing. `errorType` is for
 * telemetry, of few values: the status of HTTP as text, or a code such as `ECONNREFUSED`; what is neither, `_OTHER`.
 */
export type DeliveryResult =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly retryable: boolean;
      readonly retryAfterMs: number | null;
      readonly error: string;
      readonly errorType?: string;
    };

/**
 * The same transport, whose answers are what their types say, their texts cut and cleaned. An endpoint without an id is
 * left out, one without a URL fails its attempts, and a result out of shape is a failure that is tried again: each
 * is logged, and no other endpoint waits for it. @throws CsatError `invalid_answer` when endpoints are no list
 */
export function checkedTransport(transport: WebhookTransport, logger: Logger): WebhookTransport {
  // By the objects themselves, which are handed on: a transport may know them again.
  const withoutUrl = new WeakSet<object>();
  return {
    async endpointsFor(event) {
      const answer: unknown = await transport.endpointsFor(event);
      if (!Array.isArray(answer))
        throw invalidAnswer("endpointsFor", [{ path: "", message: "must be a list of endpoints" }]);
      return answer.filter((endpoint: unknown, place): endpoint is WebhookEndpoint => {
        const read = readAnswer(endpointSchema, endpoint);
        if (!read.isUsable) {
          const wrong = saidOf(read.issues);
          logger.error(
            { eventId: event.id, place, wrong },
            "endpointsFor gave an endpoint out of shape; left out",
          );
          return false;
        }
        const { url, events } = read.value;
        const asksFor = readEvents(events);
        if (asksFor === null)
          logger.error(
            { eventId: event.id, endpointId: read.value.id },
            "an endpoint's events must be a list of types; it gets answers alone until they are",
          );
        if (event.type !== "csat.test" && !(asksFor ?? defaultEvents).includes(event.type)) return false;
        if (typeof url !== "string") withoutUrl.add(Object(endpoint));
        return true;
      });
    },
    async deliver(endpoint, event, signal) {
      const at = { eventId: event.id, endpointId: endpoint.id };
      if (withoutUrl.has(endpoint)) {
        logger.error(at, "an endpoint's url must be text; its deliveries fail until it is");
        return failure("the endpoint's url is no text");
      }
      const read = readAnswer(resultSchema, await transport.deliver(endpoint, event, signal));
      if (!read.isUsable) {
        logger.error({ ...at, wrong: saidOf(read.issues) }, "the webhook transport answered out of shape");
        return failure("the transport answered out of shape");
      }
      if (read.value.ok) return { ok: true };
      const { retryable, retryAfterMs, error, errorType } = read.value;
      return {
        ok: false,
        retryable: retryable ?? true,
        retryAfterMs: readPause(retryAfterMs),
        error: foreignText(error) || "no reason given",
        ...(typeof errorType === "string" && errorTypePattern.test(errorType) ? { errorType } : {}),
      };
    },
  };
}

const defaultEvents: readonly string[] = ["ticket.csat_received" satisfies OutboxEvent["type"]];

/** Null for what is no list of texts. */
function readEvents(events: unknown): readonly string[] | null {
  if (events === undefined || events === null) return defaultEvents;
  return Array.isArray(events) && events.every((type) => typeof type === "string") ? events : null;
}

const endpointSchema = z.object(
  {
    id: z
      .string("must be text")
      .check(z.refine((id) => /^[^\p{Cc}\p{Cs}]{1,200}$/u.test(id), "must be 1–200 characters")),
    url: z.optional(z.unknown()),
    events: z.optional(z.unknown()),
  },
  "must be an endpoint",
);

const resultSchema = z.discriminatedUnion(
  "ok",
  [
    z.object({ ok: z.literal(true) }),
    z.object({
      ok: z.literal(false),
      retryable: z.optional(z.nullable(z.boolean("must be true or false"))),
      retryAfterMs: z.optional(z.unknown()),
      error: z.optional(z.unknown()),
      errorType: z.optional(z.unknown()),
    }),
  ],
  "must be true or false",
);

// A status or a code: no text that may hold anything.
const errorTypePattern = /^(?:[1-5]\d\d|[A-Za-z_]{1,40})$/;

const longestPauseMs = 24 * 3_600_000;

/** At most a day; null for what is no time. */
function readPause(value: unknown): number | null {
  return typeof value === "number" && value > 0 ? Math.min(value, longestPauseMs) : null;
}

function failure(error: string): DeliveryResult {
  return { ok: false, retryable: true, retryAfterMs: null, error };
}

/** One event: `type` says which `data` it has. */
export type OutboxEvent = EventFacts & {
  /** Stable across retries and replays; becomes the `webhook-id` header. */
  readonly id: string;
  readonly workspaceId: string;
  readonly createdAt: Date;
  /** Empty until the endpoints were asked for. */
  readonly deliveries: readonly Delivery[];
};

/** What an event tells. */
export type EventFacts =
  /** `csat.test` is never stored: it is delivered once, on request. */
  | { readonly type: "ticket.csat_received" | "csat.test"; readonly data: CsatReceived }
  | { readonly type: "ticket.csat_excluded"; readonly data: CsatExcluded }
  | { readonly type: "ticket.csat_restored"; readonly data: CsatRestored };

/** The event's `data`, key by key as receivers get it. */
export interface CsatReceived {
  readonly ticketId: string;
  readonly rating: Rating;
  readonly comment: string | null;
  /** ISO 8601 in UTC with milliseconds. */
  readonly respondedAt: string;
}

/** The `data` of an answer that counts no more. It names the answer as `CsatReceived` did, which may come later. */
export interface CsatExcluded extends Omit<CsatReceived, "comment"> {
  readonly reason: ExclusionReason;
  /** As `respondedAt`. */
  readonly excludedAt: string;
}

/** The `data` of an answer that counts again. */
export interface CsatRestored extends Omit<CsatReceived, "comment"> {
  /** As `respondedAt`. */
  readonly restoredAt: string;
}

/** How one endpoint fares with one event. */
export interface Delivery {
  readonly endpointId: string;
  readonly state: "pending" | "delivered" | "gave_up";
  readonly attempts: number;
  /** Next attempt; null when there is none to come. */
  readonly retryAt: Date | null;
  readonly lastError: string | null;
  /** When it was made due again by hand for the last time; left out: never. */
  readonly replayedAt?: Date;
}
