import { webcrypto, X509Certificate } from "node:crypto";
import type { MailReport } from "@csat/core";

/** What Amazon SNS posts, as far as it is read. */
interface SnsMessage {
  readonly Type: "Notification" | "SubscriptionConfirmation" | "UnsubscribeConfirmation";
  readonly MessageId: string;
  readonly TopicArn: string;
  readonly Subject?: string;
  readonly Message: string;
  readonly Timestamp: string;
  readonly Token?: string;
  readonly SubscribeURL?: string;
  readonly SignatureVersion: "1" | "2";
  readonly Signature: string;
  readonly SigningCertURL: string;
}

/** What Amazon SES writes into it; `headers` when the topic includes the original headers. */
interface SesNotification {
  readonly notificationType?: string;
  /** In place of `notificationType` where a configuration set publishes the events. */
  readonly eventType?: string;
  readonly mail: { readonly headers?: readonly { readonly name: string; readonly value: string }[] };
  readonly bounce?: {
    readonly bounceType: "Permanent" | "Transient" | "Undetermined";
    readonly timestamp: string;
    readonly bouncedRecipients: readonly { readonly emailAddress: string; readonly status?: string }[];
  };
  readonly complaint?: {
    readonly timestamp: string;
    readonly complaintFeedbackType?: string;
    readonly complainedRecipients: readonly { readonly emailAddress: string }[];
  };
}

/** SNS tries again for an hour at most. */
const freshForMs = 2 * 3_600_000;

/**
 * The reports in a request of SNS; none for deliveries and the like. Null: refuse it, nobody knows who sent it, or it was
 * sent before. The first request of a topic asks for a confirmation, which is given here.
 */
export async function readSes(
  request: Request,
  {
    topicArn,
    get = fetch,
    now = new Date(),
  }: { readonly topicArn: string; readonly get?: typeof fetch; readonly now?: Date },
): Promise<readonly MailReport[] | null> {
  const message: SnsMessage = JSON.parse(await request.text());
  // Everybody with an account at Amazon can have a topic, and Amazon signs for him too.
  if (message.TopicArn !== topicArn || !(await isSigned(message, get))) return null;
  const age = now.getTime() - Date.parse(message.Timestamp);
  if (!(Math.abs(age) <= freshForMs)) return null;
  if (message.Type === "SubscriptionConfirmation" && isOfSns(message.SubscribeURL ?? "", topicArn)) {
    await get(message.SubscribeURL ?? "", { redirect: "error" });
  }
  return message.Type === "Notification" ? reportsOf(JSON.parse(message.Message)) : [];
}

function reportsOf({ mail, bounce, complaint, ...of }: SesNotification): readonly MailReport[] {
  const header = (name: string) =>
    mail.headers?.find((given) => given.name.toLowerCase() === name)?.value ?? null;
  const about = (emailAddress: string, timestamp: string) => ({
    // The Message-ID that we gave, though SES sends another: a bounce that comes as a mail quotes theirs.
    messageId: header("message-id"),
    surveyId: header("x-csat-survey-id"),
    recipient: emailAddress,
    at: new Date(timestamp),
    verified: true,
  });
  const type = of.notificationType ?? of.eventType;
  if (type === "Bounce" && bounce !== undefined) {
    return bounce.bouncedRecipients.map(({ emailAddress, status }) => ({
      ...about(emailAddress, bounce.timestamp),
      kind: "bounced",
      isPermanent: bounce.bounceType === "Permanent",
      status: status ?? null,
    }));
  }
  if (type !== "Complaint" || complaint === undefined || complaint.complaintFeedbackType === "not-spam")
    return [];
  return complaint.complainedRecipients.map(({ emailAddress }) => ({
    ...about(emailAddress, complaint.timestamp),
    kind: "complained",
  }));
}

const certificates = new Map<string, Promise<string>>();

async function isSigned(message: SnsMessage, get: typeof fetch): Promise<boolean> {
  const { SigningCertURL: url, SignatureVersion: version, TopicArn: topicArn } = message;
  if (!isOfSns(url, topicArn) || !new URL(url).pathname.endsWith(".pem")) return false;
  const found = certificates.get(url) ?? download(url, get);
  certificates.set(url, found);
  found.catch(() => certificates.delete(url));
  const spki = new X509Certificate(await found).publicKey.export({ type: "spki", format: "der" });
  const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: version === "2" ? "SHA-256" : "SHA-1" };
  const key = await webcrypto.subtle.importKey("spki", spki, algorithm, false, ["verify"]);
  const signature = Buffer.from(message.Signature, "base64");
  return webcrypto.subtle.verify(algorithm, key, signature, Buffer.from(signedText(message)));
}

async function download(url: string, get: typeof fetch): Promise<string> {
  const response = await get(url, { redirect: "error" });
  if (!response.ok) throw new Error(`The certificate of SNS cannot be had: HTTP ${response.status}.`);
  return response.text();
}

/**
 * The host of SNS in the region of the topic, and no other name of the form: whoever owns the bucket `sns` in S3 has
 * sns.s3-us-west-2.amazonaws.com, and puts there what he wants.
 */
function isOfSns(url: string, topicArn: string): boolean {
  const [, partition, , region] = topicArn.split(":");
  const { protocol, host } = URL.canParse(url) ? new URL(url) : { protocol: "", host: "" };
  const domain = partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
  return protocol === "https:" && host === `sns.${region}.${domain}`;
}

/** Name and value of each field that is there, a line each, in the order of the alphabet. */
function signedText(message: SnsMessage): string {
  const notification = ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"] as const;
  const confirmation = [
    "Message",
    "MessageId",
    "SubscribeURL",
    "Timestamp",
    "Token",
    "TopicArn",
    "Type",
  ] as const;
  const names = message.Type === "Notification" ? notification : confirmation;
  return names
    .flatMap((name) => (message[name] === undefined ? [] : [`${name}\n${message[name]}\n`]))
    .join("");
}
