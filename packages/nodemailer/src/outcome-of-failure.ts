import { concernsEveryMail } from "./concerns-every-mail.ts";
import { type MailFailure, mailFailure } from "./mail-failure.ts";
import { type FailedOutcome, unavailableForAll, unavailableForThis } from "./mail-outcomes.ts";
import { refusedByService } from "./refused-by-service.ts";
import type { SmtpReply } from "./smtp-reply.ts";

/**
 * Turns what Nodemailer threw into an outcome. A server's answer to a command decides first; without one it counts
 * whether content may have left: if not, nothing was taken; if so, nobody knows.
 */
export function outcomeOfFailure({
  error,
  contentMayHaveLeft,
}: {
  readonly error: unknown;
  readonly contentMayHaveLeft: boolean;
}): FailedOutcome {
  const failure = mailFailure(error);
  const answered = failure.reply === null ? null : outcomeOfReply({ failure, reply: failure.reply });
  if (answered !== null) return answered;
  const refused = refusedByService(failure);
  if (refused !== null) return refused;
  if (contentMayHaveLeft && !isBeforeContent(failure)) return { kind: "unknown", error: failure.label };
  return isAboutThisMail(failure) ? unavailableForThis(failure.label) : unavailableForAll(failure.label);
}

/** The outcome where a command was answered; null where a reply merely preceded a broken connection. */
function outcomeOfReply({
  failure: { command, label },
  reply,
}: {
  readonly failure: MailFailure;
  readonly reply: SmtpReply;
}): FailedOutcome | null {
  if (command === "RCPT TO") {
    if (concernsEveryMail(reply)) return unavailableForAll(label);
    return reply.code >= 500 ? { kind: "refused", error: label } : unavailableForThis(label);
  }
  if (command === "MAIL FROM") {
    // RFC 6531: the server takes no address in Unicode; that may be this recipient's.
    return reply.enhanced?.endsWith(".6.7") ? unavailableForThis(label) : unavailableForAll(label);
  }
  if (command === "DATA") return endsTheSession(reply) ? unavailableForAll(label) : unavailableForThis(label);
  return null;
}

/** Closing down, or wanting encryption or a login first. */
function endsTheSession({ code }: SmtpReply): boolean {
  return [421, 530, 534, 535, 538].includes(code);
}

/** Codes that Nodemailer uses before the content alone. Some versions drain a mail after them, which looks like sending. */
const beforeContent: ReadonlySet<string> = new Set([
  "EAUTH",
  "ECONFIG",
  "EDNS",
  "EENVELOPE",
  "EMAXRECIPIENTS",
  "ENOAUTH",
  "EOAUTH2",
  "EPROXY",
  "EREQUIRETLS",
  "ETLS",
]);

function isBeforeContent({ code, command }: MailFailure): boolean {
  return (code !== null && beforeContent.has(code)) || (code === "EMESSAGE" && command !== "DATA");
}

/** Too large, not composable, no valid envelope: another mail may do better. */
const thisMail: ReadonlySet<string> = new Set([
  "EENVELOPE",
  "EFILEACCESS",
  "EMAXRECIPIENTS",
  "EMESSAGE",
  "ESTREAM",
  "EURLACCESS",
]);

function isAboutThisMail({ code }: MailFailure): boolean {
  return code !== null && thisMail.has(code);
}
