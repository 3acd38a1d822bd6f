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
  now,
}: {
  readonly event: OutboxEvent;
  readonly secrets: readonly string[];
  readonly now: Date;
}): SignedMessage {
  const body = JSON.stringify(envelopeOf(event));
  const signatures = secrets.map((secret) => new Webhook(secret).sign(event.id, now, body));
  return {
    body,
    headers: {
      "content-type": "application/json",
      "user-agent": "csat-webhooks",
      "webhook-id": event.id,
      "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
      "webhook-signature": signatures.join(" "),
    },
  };
}

/** Key by key, so that nothing travels along that an event may carry one day. */
function envelopeOf({ id, type, createdAt, workspaceId, data: facts }: OutboxEvent): object {
  const { ticketId, rating, comment, respondedAt } = facts;
  return {
    id,
    type,
    createdAt: createdAt.toISOString(),
    workspaceId,
    data: { ticketId, rating, comment, respondedAt },
  };
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
