import { CsatError, type MailFate, type MailReport } from "@csat/core";
import { isAutomaticAnswer } from "./automatic-answer.ts";
import { isDeliveryStatus, readDeliveryReport } from "./delivery-report.ts";
import { isFeedback, readComplaint, readOutlookComplaint } from "./feedback-report.ts";
import { openMail } from "./opened-mail.ts";
import { readPlainTextBounce } from "./plain-text-bounce.ts";
import { answeredMessageId, type QuotedMail, returnedMail } from "./quoted-mail.ts";

/**
 * What a mail tells of one of ours: it bounced (RFC 3464, and the plain texts of qmail and Exim), the customer complained
 * (RFC 5965, and the form of Outlook.com), or a machine answered (RFC 3834). Hand the value to `csat.mailReported`, with `workspaceId` where you know it.
 *
 * Null for every other mail, also for a report that the mail arrived; for what cannot be read; and, unread, for more than
 * 1 MB. Never rejects for anything that a mail holds, and stays within a heap of 64 MB whatever that is.
 *
 * `verified` and `at` are never set: anybody can write such a mail, and date it. Our ids are random, so that nobody can
 * report a mail that he has not seen. `raw` is the mail as it came: bytes, or text in which each character is one byte or
 * which was UTF-8.
 *
 * @throws CsatError `invalid_input` when `raw` is neither text nor bytes, e.g. a stream
 */
export async function readReport(raw: Uint8Array | string): Promise<MailReport | null> {
  if (typeof raw !== "string" && !(raw instanceof Uint8Array)) {
    throw new CsatError(
      "invalid_input",
      "readReport takes a mail as text or as a Uint8Array; read a stream to its end first.",
    );
  }
  const mail = await openMail(raw);
  if (mail === null) return null;
  const returned = returnedMail(mail);
  const answered = answeredMessageId(mail);

  const feedback = mail.parts.find(isFeedback);
  const complaint = feedback === undefined ? readOutlookComplaint(mail) : readComplaint(feedback);
  if (complaint !== null) return reportOf({ kind: "complained" }, returned, [answered], complaint.recipient);
  if (feedback !== undefined) return null;

  const statuses = mail.parts.filter(isDeliveryStatus);
  if (statuses.length > 0) {
    const report = readDeliveryReport(statuses, returned);
    if (report === null) return null;
    return reportOf(report.bounce, returned, [report.messageId, answered], report.recipient);
  }

  // A receipt (RFC 8098) says that the mail was shown.
  if (mail.parts.some(({ type }) => type === "message/disposition-notification")) return null;

  const plain = readPlainTextBounce(mail);
  if (plain !== null) return reportOf(plain.bounce, plain.quoted, [answered], plain.recipient);

  if (!isAutomaticAnswer(mail)) return null;
  return {
    kind: "auto_reply",
    messageId: answered ?? returned.messageId,
    surveyId: returned.surveyId,
    recipient: null,
  };
}

/** The returned mail knows best; then what the report says of it elsewhere. */
function reportOf(
  fate: MailFate,
  { messageId, surveyId, to }: QuotedMail,
  otherIds: readonly (string | null)[],
  recipient: string | null,
): MailReport {
  return {
    ...fate,
    messageId: messageId ?? otherIds.find((id) => id !== null) ?? null,
    surveyId,
    recipient: recipient ?? to,
  };
}
