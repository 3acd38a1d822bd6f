import { bareAddress } from "./addresses.ts";
import { type HeaderFields, readHead } from "./header-fields.ts";
import type { OpenedMail } from "./opened-mail.ts";

/** What a report tells of the mail that it is about. */
export interface QuotedMail {
  readonly messageId: string | null;
  readonly surveyId: string | null;
  /** Whom it was written to. */
  readonly to: string | null;
}

/** RFC 3464 and 6522, with what RFC 6533 made of them for addresses in Unicode. */
const typesOfReturnedMails: ReadonlySet<string> = new Set([
  "message/rfc822",
  "text/rfc822-headers",
  "message/rfc822-headers",
  "message/global",
  "message/global-headers",
]);

/** The mail that a report returns, whole or its head alone. All is null where it returns none. */
export function returnedMail({ parts }: Pick<OpenedMail, "parts">): QuotedMail {
  const mails = parts
    .filter(({ type }) => typesOfReturnedMails.has(type))
    .map(({ text }) => quotedMail(readHead(text)));
  return (
    mails.find(({ surveyId }) => surveyId !== null) ??
    mails.find(({ messageId }) => messageId !== null) ??
    mails[0] ??
    nothingQuoted
  );
}

const nothingQuoted: QuotedMail = { messageId: null, surveyId: null, to: null };

/** The mail that such a head stands above. */
export function quotedMail(head: HeaderFields): QuotedMail {
  const surveyId = head.get("x-csat-survey-id") ?? "";
  return {
    messageId: messageIdIn(head.get("message-id")),
    // As the core writes it.
    surveyId: /^[\w.-]{1,200}$/.test(surveyId) ? surveyId : null,
    to: bareAddress(head.get("to")),
  };
}

/** The mail that this one answers, by its In-Reply-To, else by its References. */
export function answeredMessageId({ header }: Pick<OpenedMail, "header">): string | null {
  return messageIdIn(header("in-reply-to")) ?? messageIdIn(header("references"));
}

const maxIdsLength = 10_000;
const maxIdLength = 990;

/**
 * The Message-ID in a field, in brackets; of several the one that looks like ours, else the last: References begins with the
 * oldest (RFC 5322, 3.6.4).
 */
export function messageIdIn(value: string | null | undefined): string | null {
  const text = (value ?? "").slice(0, maxIdsLength);
  const ids = (text.match(/<[^<>\s\p{Cc}]+>/gu) ?? []).filter((id) => id.length <= maxIdLength);
  const ours = ids.find((id) => /^<id_[a-z\d]{26}@/.test(id));
  const bare =
    /^[^<>\s\p{Cc}]+@[^<>\s\p{Cc}]+$/u.test(text.trim()) && text.length <= maxIdLength
      ? `<${text.trim()}>`
      : null;
  return ours ?? ids.at(-1) ?? bare;
}
