import { errorsWithin, fieldOf } from "../error-kind.ts";
import { mailWords } from "./mail-words.ts";
import { type FailedOutcome, outcomeOfReply } from "./outcome-of-reply.ts";
import { readReply, wordsWithoutAddresses } from "./smtp-reply.ts";

export type { FailedOutcome } from "./outcome-of-reply.ts";

/** Codes of a connection that was never made: nobody was reached, or nobody who could prove who he is. */
const neverReached =
  /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|EADDRNOTAVAIL|EACCES|ENOENT|EPERM|UND_ERR_CONNECT_TIMEOUT|ERR_TLS_CERT_\w+|ERR_SSL_\w+|CERT_\w+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|EPROTO)$/;

/** A time-out says so only where it was the connection that timed out. */
const beginning = /^(connect|getaddrinfo|queryA|spawn)\b/;

/** What services call refusals of one recipient, of the sender's account and address. Amazon SES, Postmark, Resend. */
const recipientNames = /^(InactiveRecipientsError|invalid_to_address|invalid_recipient)$/;
const senderNames =
  /^(CredentialsProviderError|\w*(NotVerified|Throttl|Paused|Suspended|LimitExceeded|TooManyRequests|InvalidAPIKey|RateLimit)\w*|ConfigurationSet\w+|(missing|restricted|invalid)_api_key|invalid_(from_address|access)|(daily|monthly)_quota_exceeded|rate_limit_exceeded)$/;

/** Postmark's own numbers: a token, signatures, credits, accounts not approved; and an inactive recipient. */
const postmarkSender: ReadonlySet<number> = new Set([10, 400, 401, 405, 411, 412, 413]);
const postmarkInactive = 406;

/**
 * The outcome of an attempt by a mail service's client (SES, SendGrid, Postmark, Mailgun, Resend, or your own `fetch`),
 * from whatever it threw or answered. An HTTP status counts wherever these put it: `status`, `statusCode`,
 * `response.status`, `$metadata.httpStatusCode`, a number in `code`; errors behind `cause` and inside an AggregateError
 * are looked at. 4xx and 5xx took nothing, and so did a connection that was never made; whatever else broke may have been
 * taken. A service that hands on what an SMTP server said is read as that reply to a content.
 */
export function outcomeOfServiceError(error: unknown): FailedOutcome {
  const errors = errorsWithin(error).flatMap((one) => [one, ...inner(one)]);
  const codes = errors.map((one) => fieldOf(one, "code")).filter((code) => typeof code === "string");
  const name = errors
    .map((one) => fieldOf(one, "name"))
    .find((one) => typeof one === "string" && one !== "Error");
  const status = errors.map(statusOf).find((one) => one !== null) ?? null;
  const label = labelOf({ name, status, codes });
  if (status !== null) return outcomeOfStatus({ status, errors, label });
  const concerns = errors.some((one) => senderNames.test(String(fieldOf(one, "name")))) ? "sender" : "route";
  return concerns === "sender" || wasNeverReached(error)
    ? { kind: "unavailable", error: label, concerns }
    : { kind: "unknown", error: label };
}

/** Where clients keep the answer, and the answer its list of errors. */
function inner(error: object): readonly object[] {
  const response = fieldOf(error, "response");
  const bodies = [response, fieldOf(response, "data"), fieldOf(response, "body"), fieldOf(error, "error")];
  return [...bodies, ...bodies.flatMap(listed), ...listed(error)].filter(
    (one) => typeof one === "object" && one !== null,
  );
}

function listed(body: unknown): readonly unknown[] {
  const list = fieldOf(body, "errors");
  return Array.isArray(list) ? list.slice(0, 10) : [];
}

function statusOf(error: object): number | null {
  const metadata = fieldOf(error, "$metadata");
  const places = [
    fieldOf(metadata, "httpStatusCode"),
    fieldOf(error, "statusCode"),
    fieldOf(error, "status"),
    fieldOf(error, "code"),
  ];
  const found = places.find((one) => typeof one === "number" && one >= 400 && one < 600);
  return typeof found === "number" ? found : null;
}

function outcomeOfStatus({
  status,
  errors,
  label,
}: {
  readonly status: number;
  readonly errors: readonly object[];
  readonly label: string;
}): FailedOutcome {
  // RFC 9110: the server gave up waiting for the request; services say it also of requests that they had.
  if (status === 408) return { kind: "unknown", error: label };
  const blames = (concerns: "recipient" | "sender" | "route" | "unknown"): FailedOutcome =>
    concerns === "recipient"
      ? { kind: "refused", error: label }
      : { kind: "unavailable", error: label, concerns };
  if (status >= 500) return blames("route");
  // A bad key, no credit, no right, too much: no recipient can be to blame.
  if ([401, 402, 403, 407, 429].includes(status)) return blames("sender");
  const names = errors.map((one) => String(fieldOf(one, "name")));
  const numbers = errors.flatMap((one) => [fieldOf(one, "code"), fieldOf(one, "ErrorCode")]);
  if (numbers.includes(postmarkInactive) && status === 422) return blames("recipient");
  if (names.some((name) => recipientNames.test(name))) return blames("recipient");
  if (names.some((name) => senderNames.test(name))) return blames("sender");
  if (status === 422 && numbers.some((one) => typeof one === "number" && postmarkSender.has(one)))
    return blames("sender");
  // SendGrid names the field: `personalizations.0.to.0.email`, `from.email`.
  const fields = errors.map((one) => String(fieldOf(one, "field")));
  if (fields.some((field) => /^personalizations\.\d+\.to\b/.test(field))) return blames("recipient");
  if (fields.some((field) => /^from\b/.test(field))) return blames("sender");
  const words = errors.map((one) => textOf(one)).join(" ");
  const reply = readReply(/\b[45]\d\d[ -][45]\.\d+\.\d+\b.*/s.exec(words)?.[0]);
  if (reply !== null) return outcomeOfReply({ reply, at: "content", label });
  return blames(mailWords(wordsWithoutAddresses(words)).probably ?? (status === 404 ? "sender" : "unknown"));
}

function textOf(error: object): string {
  const texts = ["message", "details", "Message", "error"].map((name) => fieldOf(error, name));
  return texts
    .filter((text) => typeof text === "string")
    .join(" ")
    .slice(0, 500);
}

const mostDeep = 5;

/** Of a connection that was tried at several addresses, all must have failed so. */
function wasNeverReached(error: unknown, depth = 0): boolean {
  // Errors may go in circles.
  if (depth > mostDeep) return false;
  const within = (one: unknown) => wasNeverReached(one, depth + 1);
  const tried = fieldOf(error, "errors");
  if (Array.isArray(tried) && tried.length > 0) return tried.every(within);
  const code = fieldOf(error, "code");
  const isKnown = typeof code === "string" && neverReached.test(code);
  const call = fieldOf(error, "syscall");
  if (isKnown && (typeof call !== "string" || beginning.test(call))) return true;
  if (code === "ETIMEDOUT" && call === "connect") return true;
  const cause = fieldOf(error, "cause");
  return cause !== undefined && within(cause);
}

function labelOf({
  name,
  status,
  codes,
}: {
  readonly name: unknown;
  readonly status: number | null;
  readonly codes: readonly string[];
}): string {
  const known = codes
    .filter((code) => /^[A-Z][A-Z\d_]{1,39}$/.test(code))
    .slice(0, 2)
    .join(", ");
  const who = typeof name === "string" && /^[A-Za-z_]{1,60}$/.test(name) ? name : "mail service";
  return [who, status, known === "" ? (status === null ? "failed" : null) : `(${known})`]
    .filter((part) => part !== null)
    .join(" ");
}
