import { bareAddress } from "./addresses.ts";
import type { DeliveryReport } from "./delivery-report.ts";
import { fateOfDelivery } from "./fate-of-delivery.ts";
import { readHead } from "./header-fields.ts";
import type { OpenedMail } from "./opened-mail.ts";
import { type QuotedMail, quotedMail } from "./quoted-mail.ts";

/** A bounce in plain text, and the mail that stands below it. */
export interface PlainTextBounce extends DeliveryReport {
  readonly quoted: QuotedMail;
}

/**
 * Bounces of servers that write no RFC 3464: qmail, and Exim before 4.90. Both have a fixed form in English, with the mail
 * below it. Null for any other text, also for one that merely looks like a bounce: nobody's words are guessed at. A bounce
 * that names several recipients is none either: one text holds the reasons of all.
 */
export function readPlainTextBounce(mail: Pick<OpenedMail, "text" | "header">): PlainTextBounce | null {
  const text = mail.text.replace(/\r\n?/g, "\n").replace(/^\s+/, "");
  return readQmail(text) ?? readExim({ text, header: mail.header });
}

/** QSBMF (cr.yp.to/proto/qsbmf.txt): a paragraph `<address>:` per recipient, then one that begins with a dash, then the mail. */
function readQmail(text: string): PlainTextBounce | null {
  if (!text.startsWith("Hi. This is the ")) return null;
  const end = text.indexOf("\n\n-");
  if (end < 0) return null;
  const paragraphs = text.slice(0, end).split(/\n{2,}/);
  const about = paragraphs.filter((paragraph) => /^<[^<>\n]*>:(?:\n|$)/.test(paragraph));
  const [only] = about;
  if (only === undefined || about.length > 1) return null;
  const [address = "", ...reason] = only.split("\n");
  return bounceOf({
    address: address.slice(0, -1),
    reason: reason.join(" "),
    // A paragraph that begins with a dash ends the report; what follows is the mail.
    below: text.slice(end + 2).replace(/^[^\n]*\n(?:[^\n]+\n)*/, ""),
    action: "failed",
  });
}

const eximOpening = "This message was created automatically by mail delivery software";
const eximFailure = /could not be delivered to one or more of its\s+recipients\. This is a permanent error/;
const eximDelay = /has not been delivered to one or more of its\s+recipients after more than/;
const eximCopy = /^-{3,} (?:This is a copy of (?:the|your) message|The body of the message)[^\n]*-{3,}$/m;

function readExim({ text, header }: Pick<OpenedMail, "text" | "header">): PlainTextBounce | null {
  if (!text.startsWith(eximOpening)) return null;
  const copy = eximCopy.exec(text);
  const report = copy === null ? text : text.slice(0, copy.index);
  const below = copy === null ? "" : text.slice(copy.index + copy[0].length);
  if (eximDelay.test(report)) {
    const [address] = /^ {2}\S+@\S+$/m.exec(report) ?? [];
    return bounceOf({ address: address?.trim() ?? "", reason: "", below, action: "delayed" });
  }
  // A comma parts several recipients.
  const failed = bareAddress(header("x-failed-recipients") ?? "");
  if (!eximFailure.test(report) || failed === null) return null;
  return bounceOf({
    address: failed,
    reason: report.slice(report.indexOf("failed:")),
    below,
    action: "failed",
  });
}

function bounceOf({
  address,
  reason,
  below,
  action,
}: {
  readonly address: string;
  readonly reason: string;
  readonly below: string;
  readonly action: "failed" | "delayed";
}): PlainTextBounce | null {
  const bounce = fateOfDelivery({
    action,
    // Only where it is marked as a code: other figures may be versions and addresses.
    status: /\(#([45]\.\d{1,3}\.\d{1,3})\)/.exec(reason)?.[1] ?? null,
    diagnostic: reason.replace(/\s+/g, " "),
  });
  if (bounce === null) return null;
  return { bounce, recipient: bareAddress(address), messageId: null, quoted: quotedMail(readHead(below)) };
}
