import {
  type DeliveryResult,
  type OutboxEvent,
  systemClock,
  type WebhookEndpoint,
  type WebhookTransport,
  withDeadline,
} from "@csat/core";
import { addressGuard } from "./address-guard.ts";
import { checkOptions } from "./check-options.ts";
import { connections } from "./connections.ts";
import { failed, failureOf, goneError, resultOf } from "./delivery-results.ts";
import { destinationOf } from "./destination.ts";
import { postOnce } from "./post-once.ts";
import { areHeaders, secretsOf, signedMessage } from "./signed-message.ts";
import { systemLookup } from "./system-lookup.ts";
import type { SignedEndpoint, WebhookTransportOptions } from "./webhook-transport-options.ts";

/**
 * A transport that posts events, signed by the Standard Webhooks scheme, to receivers on the public Internet and to
 * nowhere else. `deliver` never rejects and never outlives its signal or `timeoutMs`. Connections are kept for a second
 * and keep no process alive, so there is nothing to close. Secrets stay in here: what `endpointsFor` hands out holds none.
 * @throws CsatError `invalid_config`, with an issue per bad option
 */
export function webhookTransport(options: WebhookTransportOptions): WebhookTransport {
  checkOptions(options);
  const { endpoints, lookup = systemLookup(), clock = systemClock, onGone } = options;
  const { timeoutMs = 10_000, maxResponseBytes = 65_536, certificateAuthorities = [] } = options;
  const guard = addressGuard(options.allowPrivateAddresses ?? []);
  const open = connections({ timeoutMs, certificateAuthorities, dispatcher: options.dispatcher });
  const signedByEndpoint = new WeakMap<WebhookEndpoint, Confidential>();

  async function subscribed(event: OutboxEvent): Promise<readonly SignedEndpoint[]> {
    const all = typeof endpoints === "function" ? await endpoints(event) : endpoints;
    return all.filter(({ workspaceId }) => workspaceId === undefined || workspaceId === event.workspaceId);
  }

  /** Another process, or an earlier list, may have named the endpoint. */
  async function confidential(endpoint: WebhookEndpoint, event: OutboxEvent): Promise<Confidential> {
    const known = signedByEndpoint.get(endpoint);
    return known ?? (await subscribed(event)).find(({ id }) => id === endpoint.id) ?? {};
  }

  async function attempt({ endpoint, event, signal }: Attempt): Promise<DeliveryResult> {
    const { secret, headers = {} } = await unlessAborted(signal, () => confidential(endpoint, event));
    const secrets = secretsOf(secret);
    if (secrets === null)
      return failed({
        retryable: false,
        error: "the endpoint has no valid secret",
        errorType: invalidEndpoint,
      });
    if (!areHeaders(headers))
      return failed({
        retryable: false,
        error: "the endpoint has headers that cannot be sent",
        errorType: invalidEndpoint,
      });
    const destination = await unlessAborted(signal, () =>
      destinationOf({
        url: endpoint.url,
        guard,
        lookup: options.dispatcher === undefined ? (hostname) => lookup(hostname, signal) : null,
      }),
    );
    if (destination.kind === "refused") return failed({ ...destination, errorType: "destination_refused" });
    const { url, addresses } = destination;
    const message = signedMessage({ event, secrets, headers, now: clock.now() });
    const kept = open.to({ url, addresses });
    const answer = await postOnce({ url, kept, message, signal, maxResponseBytes });
    return resultOf({ answer, now: clock.now() });
  }

  async function tellGone(endpoint: WebhookEndpoint, { workspaceId }: OutboxEvent): Promise<string> {
    try {
      await onGone?.({ endpointId: endpoint.id, workspaceId });
      return "";
    } catch {
      return "; onGone threw";
    }
  }

  return {
    async endpointsFor(event) {
      return (await subscribed(event)).map(({ id, url, events, secret, headers = {} }) => {
        const endpoint: WebhookEndpoint = { id, url, ...(events === undefined ? {} : { events }) };
        signedByEndpoint.set(endpoint, { secret, headers });
        return endpoint;
      });
    },
    deliver: (endpoint, event, signal) => {
      const late = failed({
        retryable: true,
        error: `no answer within ${timeoutMs} ms`,
        errorType: "timeout",
      });
      const aborted = failed({ retryable: true, error: "aborted", errorType: "aborted" });
      return withDeadline<DeliveryResult>({
        timeoutMs,
        signal,
        // A status that has come counts, though the rest of its answer did not: it comes at once after the abort.
        graceMs,
        work: async (limit) => {
          try {
            const result = await attempt({ endpoint, event, signal: limit });
            if (result.ok || result.error !== goneError) return result;
            return { ...result, error: `${result.error}${await tellGone(endpoint, event)}` };
          } catch (error) {
            if (!limit.aborted) return failed({ retryable: true, ...failureOf(error) });
            return signal.aborted ? aborted : late;
          }
        },
        otherwise: (by) => (by === "late" ? late : aborted),
      });
    },
  };
}

// Mended by whoever made the endpoint, not by time.
const invalidEndpoint = "endpoint_invalid";

/** What an endpoint has and nobody else hears of. */
type Confidential = Partial<Pick<SignedEndpoint, "secret" | "headers">>;

interface Attempt {
  readonly endpoint: WebhookEndpoint;
  readonly event: OutboxEvent;
  readonly signal: AbortSignal;
}

const graceMs = 250;

/** For what cannot be aborted itself. @throws what the signal aborted with */
function unlessAborted<Result>(signal: AbortSignal, work: () => Promise<Result>): Promise<Result> {
  return withDeadline({
    signal,
    work,
    otherwise: () => {
      throw signal.reason;
    },
  });
}
