/** Hands mails to a mail server. */
export interface Mailer {
  /** Tries once, and gives up when `signal` aborts (that happens before the worker's lease ends). A mail's fate is an outcome, never an exception. */
  send(mail: Mail, signal: AbortSignal): Promise<MailOutcome>;
}

/** What became of one attempt. `error` holds codes and phases, never an address. */
export type MailOutcome =
  /** The server took it. `messageId` is the header as sent; null when unknown. */
  | { readonly kind: "accepted"; readonly messageId: string | null }
  /** The server refuses this recipient for good (RCPT 5xx that is not about relaying or policy). */
  | { readonly kind: "refused"; readonly error: string }
  /** The server took nothing and may later. `everyMail`: the trouble is not this recipient's (connection, login, sender), so it burns no attempt. */
  | { readonly kind: "unavailable"; readonly error: string; readonly everyMail: boolean }
  /** The connection broke after the content went out: it may or may not have been taken. */
  | { readonly kind: "unknown"; readonly error: string };

/** One survey mail, ready to send. */
export interface Mail {
  /** `address` fits into RCPT TO as it is: local part quoted where it must be, domain in ASCII, see `singleAddress`. */
  readonly to: { readonly name: string | null; readonly address: string };
  /** Display name of the sender: the workspace. The sender's address is an option of the adapter. */
  readonly fromName: string;
  /** One line without control characters. */
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Left of the @ in the Message-ID, the same for every attempt of a survey. The adapter adds the sender's domain. */
  readonly messageIdLocalPart: string;
  readonly workspaceId: string;
}
