import { webcrypto } from "node:crypto";
import type { MailReport } from "@csat/core";

/** A webhook of Mailgun, as far as it is read. */
interface MailgunWebhook {
  readonly signature: { readonly timestamp: string; readonly token: string; readonly signature: string };
  readonly "event-data": {
    readonly event: string;
    readonly severity?: "permanent" | "temporary";
    readonly reason?: string;
    readonly timestamp: number;
    readonly recipient: string;
    readonly "delivery-status"?: { readonly "enhanced-code"?: string };
    readonly message?: { readonly headers?: { readonly "message-id"?: string } };
    readonly "user-variables"?: Readonly<Record<string, string>>;
  };
}

/** Given up after hours, refused for the sender's sake, or never sent since the customer wanted no mails. */
const notOfAddress: ReadonlySet<string> = new Set([
  "old",
  "espblock",
  "suppress-unsubscribe",
  "suppress-complaint",
]);

/** Mailgun tries again for eight hours. */
const freshForMs = 9 * 3_600_000;

/**
 * The reports in a webhook of Mailgun; none for other events. Null: refuse it, with 406, which Mailgun does not repeat. The
 * signature covers time and token, not the event: whoever could read a request could write one. Serve it by https alone.
 */
export async function readMailgun(
  request: Request,
  { signingKey, now = new Date() }: { readonly signingKey: string; readonly now?: Date },
): Promise<readonly MailReport[] | null> {
  const { signature, "event-data": event }: MailgunWebhook = JSON.parse(await request.text());
  const age = now.getTime() - Number(signature.timestamp) * 1_000;
  if (!(Math.abs(age) <= freshForMs) || !(await isSigned(signature, signingKey))) return null;
  const about = {
    // Mailgun leaves our Message-ID as it is, and tells it without brackets.
    messageId: event.message?.headers?.["message-id"] ?? null,
    surveyId: event["user-variables"]?.survey ?? null,
    recipient: event.recipient,
    at: new Date(event.timestamp * 1_000),
    verified: true,
  };
  if (event.event === "complained") return [{ ...about, kind: "complained" }];
  if (event.event !== "failed") return [];
  const status = event["delivery-status"]?.["enhanced-code"] || null;
  // 5.7.x: policy, reputation, proof of origin. Mailgun calls that a bounce too.
  const isOfAddress = !notOfAddress.has(event.reason ?? "") && !status?.startsWith("5.7.");
  const isPermanent = event.severity === "permanent" && isOfAddress;
  return [{ ...about, kind: "bounced", isPermanent, status }];
}

async function isSigned(
  { timestamp, token, signature }: MailgunWebhook["signature"],
  signingKey: string,
): Promise<boolean> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await webcrypto.subtle.importKey("raw", Buffer.from(signingKey), algorithm, false, ["verify"]);
  return webcrypto.subtle.verify("HMAC", key, Buffer.from(signature, "hex"), Buffer.from(timestamp + token));
}
