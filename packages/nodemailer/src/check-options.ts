import { CsatError, type CsatIssue } from "@csat/core";
import type { NodemailerMailerOptions } from "./nodemailer-mailer-options.ts";
import { senderAddress } from "./sender-address.ts";

const addressMessage = "must be one bare address such as csat@help.example.com, or a function that finds it";

/** Checks the options at start-up. @throws CsatError `invalid_config`, with an issue per bad option */
export function checkOptions(options: NodemailerMailerOptions): void {
  const issues = [
    ...transportIssues(Reflect.get(Object(options), "transport")),
    ...addressIssues("from", Reflect.get(Object(options), "from")),
    ...addressIssues("replyTo", Reflect.get(Object(options), "replyTo") ?? (() => null)),
  ];
  if (issues.length === 0) return;
  const said = issues.map(({ path, message }) => `${path} ${message}`).join("; ");
  throw new CsatError("invalid_config", `nodemailerMailer was given wrong options: ${said}.`, { issues });
}

/** The value itself stays out of the message: a URL may hold a password, and addresses are nobody's business. */
function transportIssues(transport: unknown): readonly CsatIssue[] {
  if (typeof transport === "function" || isTransporter(transport)) return [];
  if (typeof transport === "string" && isSmtpUrl(transport)) return [];
  const message =
    "must be a Nodemailer transporter (what createTransport returns), a function that picks one, or a URL such as smtp://user:password@mail.example.com:587";
  return [{ path: "transport", message }];
}

/** True for what has the methods of Nodemailer's transporter. */
export function isTransporter(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof Reflect.get(value, "sendMail") === "function" &&
    typeof Reflect.get(value, "use") === "function"
  );
}

function isSmtpUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname } = new URL(value);
  return (protocol === "smtp:" || protocol === "smtps:") && hostname !== "";
}

function addressIssues(path: string, value: unknown): readonly CsatIssue[] {
  return typeof value === "function" || senderAddress(value) !== null
    ? []
    : [{ path, message: addressMessage }];
}
