import { type Mail, type MailOutcome, singleAddress, withDeadline } from "@csat/core";
import type { FailedOutcome } from "@csat/core/mail-errors";
import { createTransport } from "nodemailer";
import { checkOptions, isTransporter } from "./check-options.ts";
import { composeMessage } from "./compose-message.ts";
import { type ContentWatch, contentWatch, watched, watchKey } from "./content-watch.ts";
import type {
  NodemailerMailer,
  NodemailerMailerOptions,
  NodemailerTransporter,
} from "./nodemailer-mailer-options.ts";
import { outcomeOfFailure } from "./outcome-of-failure.ts";
import { outcomeOfResult } from "./outcome-of-result.ts";
import { type SenderAddress, senderAddress } from "./sender-address.ts";

/**
 * A mailer on Nodemailer: sends survey mails over any of its transports and tells apart, by SMTP phase and reply code,
 * what was accepted, refused for good, not taken, or may have been taken. Its README has the table. `send` never
 * rejects and never outlives its signal; concurrent sends are independent.
 * @throws CsatError `invalid_config`, with an issue per bad option
 */
export function nodemailerMailer(options: NodemailerMailerOptions): NodemailerMailer {
  checkOptions(options);
  const ownTransporter = typeof options.transport === "string" ? createTransport(options.transport) : null;
  return {
    send: (mail, signal) => {
      const watch = contentWatch();
      return withDeadline<MailOutcome>({
        signal,
        work: () => attempt({ options, ownTransporter, mail, signal, watch }),
        otherwise: () => giveUp(watch),
      });
    },
    close: () => ownTransporter?.close(),
  };
}

async function attempt({
  options,
  ownTransporter,
  mail,
  signal,
  watch,
}: {
  readonly options: NodemailerMailerOptions;
  readonly ownTransporter: NodemailerTransporter | null;
  readonly mail: Mail;
  readonly signal: AbortSignal;
  readonly watch: ContentWatch;
}): Promise<MailOutcome> {
  // The core gives none that fails here; a test mail's address is whatever somebody typed.
  const address = singleAddress(mail.to.address);
  if (address === null) return { kind: "refused", error: "not one e-mail address of the internet" };
  const found = await lookUp({ options, ownTransporter, workspaceId: mail.workspaceId });
  if ("kind" in found) return found;
  // The lookups may have outlived the attempt; a mail that was given up must not even knock at the server.
  if (signal.aborted) return giveUp(watch);
  try {
    const message = composeMessage({ mail: { ...mail, to: { ...mail.to, address } }, ...found });
    const result = await watched(found.transporter).sendMail({
      ...message,
      signal,
      [watchKey]: watch.attach,
    });
    return outcomeOfResult(result);
  } catch (error) {
    return outcomeOfFailure({ error, contentMayHaveLeft: watch.mayHaveLeft() });
  }
}

interface Found {
  readonly transporter: NodemailerTransporter;
  readonly sender: SenderAddress;
  readonly replyTo: SenderAddress | null;
}

/** Asks the host's functions. Whatever is wrong with their answers is wrong for every mail of the workspace. */
async function lookUp({
  options: { transport, from, replyTo = null },
  ownTransporter,
  workspaceId,
}: {
  readonly options: NodemailerMailerOptions;
  readonly ownTransporter: NodemailerTransporter | null;
  readonly workspaceId: string;
}): Promise<Found | FailedOutcome> {
  try {
    const picked = typeof transport === "function" ? await transport(workspaceId) : transport;
    const transporter = typeof picked === "string" ? ownTransporter : picked;
    if (transporter === null || !isTransporter(transporter)) return unusable("transport gave no transporter");
    const sender = senderAddress(typeof from === "function" ? await from(workspaceId) : from);
    if (sender === null) return unusable("from gave no bare address");
    const answersTo = typeof replyTo === "function" ? await replyTo(workspaceId) : replyTo;
    const replyAddress = answersTo === null ? null : senderAddress(answersTo);
    if (answersTo !== null && replyAddress === null) return unusable("replyTo gave no bare address");
    return { transporter, sender, replyTo: replyAddress };
  } catch {
    return unusable("transport, from or replyTo threw");
  }
}

/** Whatever the host's functions lack, every mail of the workspace lacks it. */
function unusable(error: string): FailedOutcome {
  return { kind: "unavailable", error, concerns: "route" };
}

/** An abort is like a timeout: a server that stays silent may mind this recipient, or be down. The next one will tell. */
function giveUp(watch: ContentWatch): FailedOutcome {
  const mayHaveLeft = watch.mayHaveLeft();
  watch.holdBack();
  return mayHaveLeft
    ? { kind: "unknown", error: "aborted after the content began" }
    : { kind: "unavailable", error: "aborted before the content began", concerns: "unknown" };
}
