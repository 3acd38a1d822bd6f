import { createHash, timingSafeEqual } from "node:crypto";
import type { MailReport } from "@csat/core";

/** A webhook of Postmark, as far as it is read: `Bounce` and `SpamComplaint` look alike. */
interface PostmarkEvent {
  readonly RecordType: string;
  /** `HardBounce`, `SoftBounce`, `Transient`, `AutoResponder` … */
  readonly Type: string;
  readonly Email: string;
  readonly BouncedAt: string;
  readonly Details?: string;
  /** What was sent along with the mail. */
  readonly Metadata?: Readonly<Record<string, string>>;
}

const permanent: ReadonlySet<string> = new Set(["HardBounce", "BadEmailAddress"]);
const passing: ReadonlySet<string> = new Set([
  "Transient",
  "SoftBounce",
  "DnsError",
  "SpamNotification",
  "Blocked",
]);

/**
 * The reports in a webhook of Postmark; none for other events. Null: refuse it. Postmark signs nothing: put a user and a
 * password of 32 random characters into the URL, and serve it by https alone.
 */
export async function readPostmark(
  request: Request,
  { user, password }: { readonly user: string; readonly password: string },
): Promise<readonly MailReport[] | null> {
  const wanted = `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
  if (!isEqual(request.headers.get("authorization") ?? "", wanted)) return null;
  const event: PostmarkEvent = JSON.parse(await request.text());
  const about = {
    // Postmark's MessageID is its own, and it tells no header of the mail.
    messageId: null,
    surveyId: event.Metadata?.survey ?? null,
    recipient: event.Email,
    at: new Date(event.BouncedAt),
    verified: true,
  };
  if (event.RecordType === "SpamComplaint") return [{ ...about, kind: "complained" }];
  if (event.RecordType !== "Bounce") return [];
  if (event.Type === "AutoResponder") return [{ ...about, kind: "auto_reply" }];
  if (!permanent.has(event.Type) && !passing.has(event.Type)) return [];
  const status = /\b[45]\.\d{1,3}\.\d{1,3}\b/.exec(event.Details ?? "")?.[0] ?? null;
  return [{ ...about, kind: "bounced", isPermanent: permanent.has(event.Type), status }];
}

/** Takes as long wherever the two differ. */
function isEqual(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
