import type { Mail } from "@csat/core";
import { displayText, headerText } from "./header-text.ts";
import { messageId } from "./message-id.ts";
import type { SenderAddress } from "./sender-address.ts";

/** Headers that this adapter or Nodemailer writes; a mail's own headers cannot replace them. */
const ownHeaders =
  /^(from|sender|return-path|to|cc|bcc|subject|date|message-id|mime-version|content-.*|x-mailer|dkim-signature)$/i;

/** A header's name as RFC 5322, 2.2 allows it: printable ASCII without space and colon. */
const fieldName = /^[!-9;-~]+$/;

/** A mail in Nodemailer's words: one sender, one recipient, an HTML and a plain part, nothing read from files or URLs. */
export function composeMessage({
  mail,
  sender,
  replyTo,
}: {
  readonly mail: Mail;
  readonly sender: SenderAddress;
  readonly replyTo: SenderAddress | null;
}): object {
  const { to, fromName, subject, text, html, headers, messageIdLocalPart, inline = [] } = mail;
  return {
    from: { name: displayText(fromName), address: sender.address },
    to: { name: displayText(to.name ?? ""), address: to.address },
    // A transporter's defaults may add copies, but the links in this mail are for one person.
    cc: [],
    bcc: [],
    envelope: { from: { name: "", address: sender.address }, to: [{ name: "", address: to.address }] },
    ...(replyTo === null ? {} : { replyTo: { name: "", address: replyTo.address } }),
    subject: displayText(subject),
    text,
    html,
    // Nodemailer puts them and the HTML into one multipart/related, within the alternative to the text.
    attachments: inline.map(({ contentId, contentType, base64 }) => ({
      cid: contentId,
      contentType,
      contentDisposition: "inline",
      filename: false,
      content: base64,
      encoding: "base64",
    })),
    headers: passedThrough(headers, replyTo),
    messageId: messageId({ localPart: messageIdLocalPart, domain: sender.domain }),
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function passedThrough(
  headers: Mail["headers"],
  replyTo: SenderAddress | null,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => fieldName.test(name) && !ownHeaders.test(name))
      .filter(([name]) => replyTo === null || name.toLowerCase() !== "reply-to")
      .map(([name, value]) => [name, headerText(value)]),
  );
}
