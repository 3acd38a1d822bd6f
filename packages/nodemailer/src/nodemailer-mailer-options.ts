import type { Mailer } from "@csat/core";

/** What `nodemailerMailer` takes. */
export interface NodemailerMailerOptions {
  /**
   * Where mails go: any Nodemailer transporter (SMTP, pooled SMTP, SES, sendmail …), an `smtp://` or `smtps://` URL,
   * or a function that picks a transporter for each workspace. It is called once per mail, so keep transporters and
   * hand out the same ones.
   */
  readonly transport:
    | string
    | NodemailerTransporter
    | ((workspaceId: string) => Eventually<NodemailerTransporter>);
  /**
   * The sender's bare address, `csat@help.example.com`; the display name comes with each mail. Its domain is the right
   * half of every Message-ID: change it while a mail is being retried and the repetition looks like another mail.
   */
  readonly from: PerWorkspace<string>;
  /** The bare address that answers go to. Null or left out: the sender's. */
  readonly replyTo?: PerWorkspace<string | null>;
}

/** One value for all workspaces, or a function that finds it. A function that throws makes the mail wait, never fail. */
export type PerWorkspace<Value> = Value | ((workspaceId: string) => Eventually<Value>);

type Eventually<Value> = Value | Promise<Value>;

/** The part of Nodemailer's transporter that is used here, whatever its version and its type package. */
export interface NodemailerTransporter {
  /** The transport inside; its name says whether it speaks SMTP. */
  readonly transporter?: { readonly name?: string };
  /** Sends one mail. Called with one argument, it answers with a promise. */
  sendMail(message: object): Promise<unknown>;
  /** Adds a plugin. One is added here, once per transporter; it touches only the mails of this package. */
  use(
    step: string,
    plugin: (mail: { readonly data: object; readonly message: unknown }, done: () => void) => void,
  ): unknown;
}

/** A mailer on Nodemailer. */
export interface NodemailerMailer extends Mailer {
  /** Closes the connections of a transport that was made from a URL. A transporter that you passed stays open: it is yours. */
  close(): void;
}
