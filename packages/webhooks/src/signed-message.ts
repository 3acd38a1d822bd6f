import type { OutboxEvent } from "@csat/core";
import { Webhook } from "standardwebhooks";

/** What goes over the wire. */
export interface SignedMessage {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const leastSecretBytes = 24;

/**
 * The event as receivers get it, signed now, once with each secret. The id stays the same for every attempt: receivers
 * tell repetitions by it. Source of the scheme: https://www.standardwebhooks.com.
 */
export function signedMessage({
  event,
  secrets,
  headers,
  now,
}: {
  readonly event: OutboxEvent;
  readonly secrets: readonly string[];
  /** Of the endpoint's own. */
  readonly headers: Readonly<Record<string, string>>;
  readonly now: Date;
}): SignedMessage {
  const body = JSON.stringify(envelopeOf(event));
  const signatures = secrets.map((secret) => new Webhook(secret).sign(event.id, now, body));
  return {
    body,
    headers: {
      ...headers,
      "content-type": "application/json",
      "user-agent": "csat-webhooks",
      "webhook-id": event.id,
      "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
      "webhook-signature": signatures.join(" "),
    },
  };
}

function envelopeOf(event: OutboxEvent): object {
  const { id, type, createdAt, workspaceId } = event;
  return { id, type, createdAt: createdAt.toISOString(), workspaceId, data: dataOf(event) };
}

/** Key by key, so that nothing travels along that an event may carry one day. */
function dataOf({ type, data }: OutboxEvent): object {
  const { ticketId, rating, respondedAt } = data;
  switch (type) {
    case "ticket.csat_excluded":
      return { ticketId, rating, respondedAt, reason: data.reason, excludedAt: data.excludedAt };
    case "ticket.csat_restored":
      return { ticketId, rating, respondedAt, restoredAt: data.restoredAt };
    default:
      return { ticketId, rating, comment: data.comment, respondedAt };
  }
}

const mostHeaders = 20;
const ours =
  /^(?:webhook-.*|content-.*|user-agent|host|connection|keep-alive|transfer-encoding|te|trailer|upgrade|expect|proxy-.*)$/i;
// RFC 9110, 5.6.2 and 5.5: a token, and visible characters with blanks between them.
const headerName = /^[!#$%&'*+.^_`|~\dA-Za-z-]{1,100}$/;
const headerValue = /^[\x21-\x7e](?:[\t\x20-\x7e]{0,3998}[\x21-\x7e])?$/;

/** True for headers that may go along with a delivery: none that breaks out of its line, none of those that are ours. */
export function areHeaders(given: unknown): given is Readonly<Record<string, string>> {
  if (typeof given !== "object" || given === null || Array.isArray(given)) return false;
  const entries: readonly (readonly [string, unknown])[] = Object.entries(given);
  return (
    entries.length <= mostHeaders &&
    entries.every(
      ([name, value]) =>
        headerName.test(name) && !ours.test(name) && typeof value === "string" && headerValue.test(value),
    )
  );
}

/** All secrets of an endpoint, or null when one of them is none: no base64, or of fewer than 24 bytes. */
export function secretsOf(given: unknown): readonly string[] | null {
  const secrets: readonly unknown[] = Array.isArray(given) ? given : [given];
  return secrets.length > 0 && secrets.every(isSecret) ? secrets : null;
}

function isSecret(value: unknown): value is string {
  if (typeof value !== "string") return false;
  const base64 = value.replace(/^whsec_/, "");
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64) || base64.length % 4 !== 0) return false;
  return Buffer.from(base64, "base64").length >= leastSecretBytes;
}
