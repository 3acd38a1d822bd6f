import type { MailerCase } from "../case.ts";
import { attemptCases } from "./attempts.ts";
import { contentCases } from "./contents.ts";
import { smtpCases } from "./smtp.ts";

/** Every mailer case. */
export const mailerCases: readonly MailerCase[] = [...contentCases, ...attemptCases, ...smtpCases];
