import * as z from "zod/mini";
import { foreignText } from "../error-kind.ts";
import type { MailLinks } from "../survey/links.ts";
import { readAnswer, saidOf } from "./answers.ts";
import type { Logger } from "./logger.ts";

/** Hands mails to a mail server, or messages to the service of another channel. */
export interface Mailer {
  /** The channels of tickets that it serves; `email` alone when left out. `byChannel` of `@csat/core/channels` makes one of several. */
  readonly channels?: readonly string[];
  /** Tries once, and gives up when `signal` aborts (that happens before the worker's lease ends). A mail's fate is an outcome, never an exception. */
  send(mail: Mail, signal: AbortSignal): Promise<MailOutcome>;
}

/**
 * What a mail that was not taken failed for. `recipient`: this mailbox or its domain, for now. `sender`: the sender's
 * address, account, login, limit or reputation. `route`: the way to the server, or the server itself. `unknown`: the words
 * do not say; then recipients decide, since a second one that fails alike is no coincidence.
 */
export type MailConcern = "recipient" | "sender" | "route" | "unknown";

/** What became of one attempt. `error` holds codes and phases, never an address. */
export type MailOutcome =
  /** The server took it. `messageId` is the header as sent; null when unknown. */
  | { readonly kind: "accepted"; readonly messageId: string | null }
  /** The server refuses this recipient for good (RCPT 5xx that is about the mailbox, not about the sender or relaying). */
  | { readonly kind: "refused"; readonly error: string }
  /** The server certainly took nothing, and may later. What concerns the recipient, or may, burns an attempt; the rest pauses the workspace's mail. */
  | { readonly kind: "unavailable"; readonly error: string; readonly concerns: MailConcern }
  /** The connection broke after the content went out: it may or may not have been taken. */
  | { readonly kind: "unknown"; readonly error: string };

/** A picture within a mail: in a part of its own, for Gmail and Outlook show none from a data URI. */
export interface InlineImage {
  /** What `html` names it by, after `cid:`; ASCII without spaces and brackets. */
  readonly contentId: string;
  /** `image/png`, `image/jpeg`, `image/gif`, `image/webp` or `image/svg+xml`. */
  readonly contentType: string;
  readonly base64: string;
}

/** One survey mail, ready to send. */
export interface Mail {
  /** The channel that the ticket names; `email` for mails. */
  readonly channel: string;
  /** For `email`, `address` fits into RCPT TO as it is: local part quoted where it must be, domain in ASCII, see `singleAddress`. For any other channel it is what the host gave. */
  readonly to: { readonly name: string | null; readonly address: string };
  /** Display name of the sender: the workspace. The sender's address is an option of the adapter. */
  readonly fromName: string;
  /** One line without control characters. */
  readonly subject: string;
  readonly html: string;
  /** Pictures that `html` shows by `cid:` and the content id; a mailer that does not attach them leaves out the logo alone. */
  readonly inline?: readonly InlineImage[];
  /** Holds all six links, as `html` does. */
  readonly text: string;
  /** The five links by rating and `optOut`, absolute: for messages that are not made of `html` or `text`. */
  readonly links: MailLinks;
  readonly headers: Readonly<Record<string, string>>;
  /** Left of the @ in the Message-ID, the same for every attempt of a survey. The adapter adds the sender's domain. */
  readonly messageIdLocalPart: string;
  readonly workspaceId: string;
}

/**
 * The same mailer, whose outcomes are what their type says, their texts cut and cleaned. Nobody knows what an outcome out
 * of shape means: it counts as `unknown`. A Message-ID that was left out is null. Both are logged.
 */
export function checkedMailer(mailer: Mailer, logger: Logger): Mailer {
  return {
    async send(mail, signal) {
      const surveyId = mail.messageIdLocalPart;
      const read = readAnswer(outcomeSchema, await mailer.send(mail, signal));
      if (!read.isUsable) {
        const wrong = saidOf(read.issues);
        logger.error(
          { surveyId, wrong },
          "the mailer answered out of shape; nobody knows whether the mail left",
        );
        return { kind: "unknown", error: "the mailer answered out of shape" };
      }
      const outcome = read.value;
      switch (outcome.kind) {
        case "accepted": {
          const messageId = readMessageId(outcome.messageId);
          if (messageId === undefined)
            logger.warn({ surveyId }, "the mailer gave no usable messageId; it must be text or null");
          return { kind: "accepted", messageId: messageId ?? null };
        }
        case "unavailable":
          return { ...outcome, error: errorText(outcome.error), concerns: outcome.concerns ?? "unknown" };
        default:
          return { ...outcome, error: errorText(outcome.error) };
      }
    },
  };
}

const concerns = ["recipient", "sender", "route", "unknown"] as const satisfies readonly MailConcern[];

const outcomeSchema = z.discriminatedUnion(
  "kind",
  [
    z.object({ kind: z.literal("accepted"), messageId: z.optional(z.unknown()) }),
    z.object({ kind: z.literal("refused"), error: z.optional(z.unknown()) }),
    z.object({
      kind: z.literal("unavailable"),
      error: z.optional(z.unknown()),
      concerns: z.optional(z.nullable(z.enum(concerns, `must be one of ${concerns.join(", ")}`))),
    }),
    z.object({ kind: z.literal("unknown"), error: z.optional(z.unknown()) }),
  ],
  "must be accepted, refused, unavailable or unknown",
);

// RFC 5322: the longest line of a header.
const maxMessageIdLength = 998;

/** Undefined for what is no Message-ID and does not say that it is none. */
function readMessageId(value: unknown): string | null | undefined {
  if (value === null) return null;
  const isUsable =
    typeof value === "string" && value.length <= maxMessageIdLength && !/[\p{Cc}\p{Cs}]/u.test(value);
  return isUsable && value !== "" ? value : undefined;
}

function errorText(error: unknown): string {
  return foreignText(error) || "no reason given";
}
