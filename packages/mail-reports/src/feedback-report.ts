import { bareAddress } from "./addresses.ts";
import { readHead } from "./header-fields.ts";
import type { MailPart, OpenedMail } from "./opened-mail.ts";

/** True for the part that makes a mail a feedback report (RFC 5965). */
export function isFeedback({ type }: MailPart): boolean {
  return type === "message/feedback-report";
}

/**
 * The types by which a customer says that the mail was not wanted. `virus`, `other` and `auth-failure` (RFC 6591) come from
 * machines, `not-spam` says the opposite.
 */
const complaints: ReadonlySet<string> = new Set(["abuse", "fraud"]);

/** A mail that was called spam. */
export interface Complaint {
  /** Whom it came from, null where the report hides it (most do). */
  readonly recipient: string | null;
}

/** Null when the report tells something else. */
export function readComplaint({ text }: MailPart): Complaint | null {
  const fields = readHead(text);
  const type = /^[\w-]+/.exec(fields.get("feedback-type") ?? "")?.[0]?.toLowerCase() ?? "";
  if (!complaints.has(type)) return null;
  return { recipient: bareAddress(fields.get("original-rcpt-to")) };
}

/**
 * The complaint that Outlook.com sends in place of a feedback report (JMRP): a subject of fixed form above the mail, to whose
 * head it added whom the mail had reached. Either mark alone proves nothing: a customer's own copy has the second one too.
 */
export function readOutlookComplaint({
  header,
  parts,
}: Pick<OpenedMail, "header" | "parts">): Complaint | null {
  if (!/^complaint about message from [\da-f.:]+$/i.test((header("subject") ?? "").trim())) return null;
  const [recipient] = parts.flatMap(({ type, text }) => {
    const reached = type === "message/rfc822" ? readHead(text).get("x-hmxmroriginalrecipient") : undefined;
    return reached === undefined ? [] : [bareAddress(reached)];
  });
  return recipient === undefined ? null : { recipient };
}
