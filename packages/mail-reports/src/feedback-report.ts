import { bareAddress } from "./addresses.ts";
import { readHead } from "./header-fields.ts";
import type { MailPart } from "./opened-mail.ts";

/** True for the part that makes a mail a feedback report (RFC 5965). */
export function isFeedback({ type }: MailPart): boolean {
  return type === "message/feedback-report";
}

/**
 * The types by which a customer says that the mail was not wanted. `virus`, `other` and `auth-failure` (RFC 6591) come from
 * machines, `not-spam` says the opposite.
 */
const complaints: ReadonlySet<string> = new Set(["abuse", "fraud"]);

/** Whom a complaint came from, null where the report hides it (most do); null in place of it all when it is none. */
export function readComplaint({ text }: MailPart): { readonly recipient: string | null } | null {
  const fields = readHead(text);
  const type = /^[\w-]+/.exec(fields.get("feedback-type") ?? "")?.[0]?.toLowerCase() ?? "";
  if (!complaints.has(type)) return null;
  return { recipient: bareAddress(fields.get("original-rcpt-to")) };
}
