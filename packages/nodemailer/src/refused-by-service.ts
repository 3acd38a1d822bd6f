import type { MailFailure } from "./mail-failure.ts";
import { type FailedOutcome, unavailableForAll, unavailableForThis } from "./mail-outcomes.ts";

/** Errors of Amazon SES that judge one mail. All its other refusals are about the account, the sender or the pace. */
const aboutOneMail: ReadonlySet<string> = new Set([
  "BadRequestException",
  "MessageRejected",
  "InvalidParameterValue",
]);

/** The system could not reach anybody, or could not start the program. */
const neverReached: ReadonlySet<string> = new Set([
  "EACCES",
  "EAI_AGAIN",
  "ECONNREFUSED",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOENT",
  "ENOTFOUND",
]);

/**
 * The outcome of transports other than SMTP (SES, sendmail, a host's own) where the error proves that nothing was
 * taken: an HTTP service that answered 4xx, a connection that was never made, a program that never started. Else null.
 */
export function refusedByService({
  httpStatus,
  name,
  code,
  systemCall,
  label,
}: MailFailure): FailedOutcome | null {
  if (httpStatus !== null && httpStatus >= 400 && httpStatus < 500 && httpStatus !== 408) {
    return name !== null && aboutOneMail.has(name) ? unavailableForThis(label) : unavailableForAll(label);
  }
  if (name === "CredentialsProviderError") return unavailableForAll(label);
  const isBeginning = /^(connect|getaddrinfo|spawn)\b/.test(systemCall ?? "");
  return isBeginning && code !== null && neverReached.has(code) ? unavailableForAll(label) : null;
}
