export { nodemailerMailer } from "./nodemailer-mailer.ts";
export type {
  NodemailerMailer,
  NodemailerMailerOptions,
  NodemailerTransporter,
  PerWorkspace,
} from "./nodemailer-mailer-options.ts";
