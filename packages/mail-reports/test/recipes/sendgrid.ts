import type { MailReport } from "@csat/core";
import { EventWebhook } from "@sendgrid/eventwebhook";

/** An event of SendGrid, as far as it is read. What was sent as a custom argument stands among the other fields. */
interface SendGridEvent {
  readonly event: string;
  readonly email: string;
  /** In seconds. */
  readonly timestamp: number;
  /** `bounce` or `blocked`. */
  readonly type?: string;
  readonly reason?: string;
  readonly status?: string;
  readonly "smtp-id"?: string;
  readonly survey?: string;
}

const freshForMs = 10 * 60_000;

/** The reports in a signed request of SendGrid, which gathers many events. Null: refuse it. */
export async function readSendGrid(
  request: Request,
  { publicKey, now = new Date() }: { readonly publicKey: string; readonly now?: Date },
): Promise<readonly MailReport[] | null> {
  const signature = request.headers.get("x-twilio-email-event-webhook-signature") ?? "";
  const timestamp = request.headers.get("x-twilio-email-event-webhook-timestamp") ?? "";
  // The bytes are signed, line ends included: parse them afterwards.
  const body = await request.text();
  const age = now.getTime() - Number(timestamp) * 1_000;
  if (!(Math.abs(age) <= freshForMs) || !isSigned({ publicKey, body, signature, timestamp })) return null;
  const events: readonly SendGridEvent[] = JSON.parse(body);
  return events.flatMap(reportsOf);
}

function reportsOf(event: SendGridEvent): readonly MailReport[] {
  const about = {
    // The Message-ID of the mail as SendGrid took it.
    messageId: event["smtp-id"] ?? null,
    surveyId: event.survey ?? null,
    recipient: event.email,
    at: new Date(event.timestamp * 1_000),
    verified: true,
  };
  const status = event.status || null;
  switch (event.event) {
    case "spamreport":
      return [{ ...about, kind: "complained" }];
    case "bounce":
      return [{ ...about, kind: "bounced", isPermanent: event.type !== "blocked", status }];
    case "deferred":
      return [{ ...about, kind: "bounced", isPermanent: false, status }];
    case "dropped": {
      // It never left: the address bounced before, or is none. Other reasons are not about the address.
      const isPermanent = event.reason === "Bounced Address" || event.reason === "Invalid";
      return [{ ...about, kind: "bounced", isPermanent, status }];
    }
    default:
      return [];
  }
}

function isSigned({
  publicKey,
  body,
  signature,
  timestamp,
}: {
  readonly publicKey: string;
  readonly body: string;
  readonly signature: string;
  readonly timestamp: string;
}): boolean {
  const webhook = new EventWebhook();
  try {
    return webhook.verifySignature(webhook.convertPublicKeyToECDSA(publicKey), body, signature, timestamp);
  } catch {
    // What is no signature at all.
    return false;
  }
}
