import type { OpenedMail } from "./opened-mail.ts";
import { answeredMessageId } from "./quoted-mail.ts";

/**
 * True for an answer that a machine wrote (RFC 3834): it says `Auto-Submitted: auto-replied`, or `auto-generated` and names
 * the mail that it answers, as Exchange's out-of-office does; or it bears a mark of older programs. What a subject says
 * proves nothing. A mail server's own mail is no answer, whatever it says of itself.
 */
export function isAutomaticAnswer(mail: Pick<OpenedMail, "header">): boolean {
  if (isFromMailServer(mail)) return false;
  const submitted = wordOf(mail.header("auto-submitted"));
  if (submitted === "auto-replied") return true;
  // It says that a person, or somebody who was told to, wrote it.
  if (submitted === "no" || submitted === "auto-notified") return false;
  if (submitted === "auto-generated") return answeredMessageId(mail) !== null;
  return (
    wordOf(mail.header("precedence")) === "auto_reply" ||
    ["x-autoreply", "x-autorespond", "x-autoresponder"].some((name) => isMark(mail.header(name)))
  );
}

function isFromMailServer({ header }: Pick<OpenedMail, "header">): boolean {
  if (header("x-failed-recipients") !== null) return true;
  return /(?:^|<|\s)"?(?:mailer-daemon|postmaster)"?@/i.test((header("from") ?? "").slice(0, 1_000));
}

/** `auto-replied (vacation)` and `auto-replied; owner-email=…` are `auto-replied`. */
function wordOf(value: string | null): string {
  return /^[\w-]+/.exec(value ?? "")?.[0]?.toLowerCase() ?? "";
}

function isMark(value: string | null): boolean {
  return value !== null && !/^(?:no|false|0)?$/i.test(value.trim());
}
