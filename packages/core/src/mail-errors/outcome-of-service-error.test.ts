import { describe, expect, test } from "vitest";
import { outcomeOfServiceError } from "./outcome-of-service-error.ts";

/** What a client threw or answered, as its documentation or source shows it. */
type Row = readonly [outcome: string, client: string, error: object];

const named = (name: string, fields: object, message = "words about ann@customer.example") =>
  Object.assign(new Error(message), { name }, fields);
const connect = (code: string, syscall = "connect") => Object.assign(new Error(code), { code, syscall });
const fetchFailed = (cause: unknown) => new TypeError("fetch failed", { cause });

/** Amazon SES: version 3 and version 2 of its client. */
const ses = (name: string, httpStatusCode: number, message?: string) =>
  named(name, { $metadata: { httpStatusCode } }, message);

/** SendGrid puts the status into `code`. */
const sendGrid = (code: number, message: string, field: string | null = null) =>
  named(
    "ResponseError",
    { code, response: { headers: {}, body: { errors: [{ message, field, help: null }] } } },
    "Bad",
  );

/** Postmark has a number of its own beside the status. */
const postmark = (statusCode: number, code: number, message: string, name = "ApiInputError") =>
  named(name, { code, statusCode }, message);

const mailgun = (status: number, details: string) =>
  named("MailgunAPIError", { status, details, type: "MailgunAPIError" }, "Bad Request");

/** Resend answers an error instead of throwing it. */
const resend = (statusCode: number, name: string, message: string) => ({ name, statusCode, message });

const axios = (status: number) =>
  named("AxiosError", { code: "ERR_BAD_REQUEST", response: { status, data: {} } });

const rows: readonly Row[] = [
  [
    "sender",
    "SES: an address that is not verified",
    ses(
      "MessageRejected",
      400,
      "Email address is not verified. The following identities failed the check in region EU-WEST-1: csat@help.example",
    ),
  ],
  [
    "unknown concern",
    "SES: a message that is rejected without a reason",
    ses("MessageRejected", 400, "Message rejected"),
  ],
  ["sender", "SES: a paused account", ses("SendingPausedException", 400, "paused")],
  ["sender", "SES: a suspended account", ses("AccountSuspendedException", 400, "suspended")],
  [
    "sender",
    "SES: a MAIL FROM domain that is not verified",
    ses("MailFromDomainNotVerifiedException", 400, "x"),
  ],
  ["sender", "SES: a limit", ses("LimitExceededException", 400, "x")],
  ["sender", "SES: too many requests", ses("TooManyRequestsException", 429, "x")],
  [
    "sender",
    "SES 2: throttling",
    named("Throttling", { code: "Throttling", statusCode: 400 }, "Maximum sending rate exceeded."),
  ],
  ["sender", "SES: a wrong key", ses("UnrecognizedClientException", 403, "The security token is invalid")],
  ["sender", "SES: no credentials", named("CredentialsProviderError", {}, "Could not load credentials")],
  ["route", "SES: an internal error", ses("InternalFailure", 500)],
  ["unknown", "SES: a request that timed out", ses("RequestTimeout", 408)],
  ["sender", "SendGrid: a wrong key", sendGrid(401, "Permission denied, wrong credentials")],
  [
    "sender",
    "SendGrid: no verified sender",
    sendGrid(403, "The from address does not match a verified Sender Identity.", "from"),
  ],
  ["sender", "SendGrid: no credits", sendGrid(401, "Maximum credits exceeded")],
  [
    "sender",
    "SendGrid: a bad sender",
    sendGrid(400, "The from email does not contain a valid address.", "from.email"),
  ],
  [
    "refused",
    "SendGrid: a bad recipient",
    sendGrid(400, "Does not contain a valid address.", "personalizations.0.to.0.email"),
  ],
  ["sender", "SendGrid: too many requests", sendGrid(429, "too many requests")],
  ["route", "SendGrid: an error of its own", sendGrid(500, "internal error")],
  ["unknown concern", "SendGrid: too large", sendGrid(413, "Content too large")],
  [
    "sender",
    "Postmark: a wrong token",
    postmark(401, 10, "The Server Token you provided is not valid.", "InvalidAPIKeyError"),
  ],
  [
    "sender",
    "Postmark: no signature",
    postmark(422, 400, "The 'From' address you supplied is not a Sender Signature on your account."),
  ],
  [
    "sender",
    "Postmark: a signature that is not confirmed",
    postmark(422, 401, "The 'From' address is not confirmed."),
  ],
  ["sender", "Postmark: no credits", postmark(422, 405, "You ran out of credits.")],
  [
    "sender",
    "Postmark: an account that is not approved",
    postmark(422, 412, "Your account is pending approval."),
  ],
  [
    "refused",
    "Postmark: an inactive recipient",
    postmark(
      422,
      406,
      "You tried to send to a recipient that has been marked as inactive.",
      "InactiveRecipientsError",
    ),
  ],
  ["refused", "Postmark: a bad recipient", postmark(422, 300, "Error parsing 'To': Illegal email domain.")],
  ["sender", "Postmark: a bad sender", postmark(422, 300, "Invalid 'From' address: 'x'.")],
  ["sender", "Postmark: too many requests", postmark(429, 0, "x", "RateLimitExceededError")],
  ["route", "Postmark: out of service", postmark(503, 100, "Maintenance", "ServiceUnavailablerError")],
  ["sender", "Mailgun: a wrong key", mailgun(401, "Forbidden")],
  ["sender", "Mailgun: no such domain", mailgun(404, "Domain not found: help.example")],
  ["sender", "Mailgun: a sandbox", mailgun(403, "Free accounts are for test purposes only.")],
  [
    "sender",
    "Mailgun: a sandbox, as older versions say it",
    mailgun(
      400,
      "Sandbox subdomains are for test purposes only. Please add your own domain or add the address to authorized recipients.",
    ),
  ],
  [
    "sender",
    "Mailgun: a domain that is not verified",
    mailgun(400, "The domain is unverified and requires DNS configuration."),
  ],
  [
    "refused",
    "Mailgun: a bad recipient",
    mailgun(400, "'to' parameter is not a valid address. please check documentation"),
  ],
  [
    "sender",
    "Mailgun: a bad sender",
    mailgun(400, "'from' parameter is not a valid address. please check documentation"),
  ],
  ["sender", "Mailgun: no money", mailgun(402, "Payment required")],
  ["route", "Mailgun: out of service", mailgun(503, "x")],
  ["sender", "Resend: no key", resend(401, "missing_api_key", "Missing API key")],
  [
    "sender",
    "Resend: a domain that is not verified",
    resend(403, "validation_error", "The help.example domain is not verified."),
  ],
  ["sender", "Resend: a bad sender", resend(422, "invalid_from_address", "Invalid `from` field.")],
  ["sender", "Resend: the day's quota", resend(429, "daily_quota_exceeded", "x")],
  [
    "refused",
    "Resend: a bad recipient",
    resend(422, "validation_error", "Invalid `to` field. The email address needs to follow the format."),
  ],
  ["route", "Resend: an error of its own", resend(500, "application_error", "x")],
  ["sender", "Resend: the answer as a whole", { data: null, error: resend(401, "missing_api_key", "x") }],
  ["sender", "axios: 401", axios(401)],
  ["sender", "axios: 429", axios(429)],
  ["route", "axios: 502", axios(502)],
  ["sender", "a Response of fetch: 403", { status: 403 }],
  ["route", "a status behind a cause", new Error("x", { cause: { statusCode: 503 } })],
  [
    "sender",
    "a service that hands on the reply of SMTP",
    named("X", { status: 400 }, "upstream said: 550 5.7.26 unauthenticated"),
  ],
  ["route", "fetch: refused", fetchFailed(connect("ECONNREFUSED"))],
  [
    "route",
    "fetch: refused at every address",
    fetchFailed(new AggregateError([connect("ECONNREFUSED"), connect("ENETUNREACH")])),
  ],
  [
    "unknown",
    "fetch: refused at one address, broken at another",
    fetchFailed(new AggregateError([connect("ECONNREFUSED"), connect("ECONNRESET", "read")])),
  ],
  ["route", "fetch: no such name", fetchFailed(connect("ENOTFOUND", "getaddrinfo"))],
  ["route", "fetch: no answer of the DNS", fetchFailed(connect("EAI_AGAIN", "getaddrinfo"))],
  [
    "route",
    "fetch: no connection in time",
    fetchFailed(named("ConnectTimeoutError", { code: "UND_ERR_CONNECT_TIMEOUT" })),
  ],
  [
    "route",
    "axios: no connection in time",
    named("AxiosError", { code: "ETIMEDOUT", cause: connect("ETIMEDOUT") }),
  ],
  [
    "route",
    "a certificate of somebody else",
    fetchFailed(named("Error", { code: "ERR_TLS_CERT_ALTNAME_INVALID" })),
  ],
  ["unknown", "fetch: the connection broke", fetchFailed(named("SocketError", { code: "UND_ERR_SOCKET" }))],
  [
    "unknown",
    "fetch: no answer in time",
    fetchFailed(named("HeadersTimeoutError", { code: "UND_ERR_HEADERS_TIMEOUT" })),
  ],
  ["unknown", "the system: a read that timed out", connect("ETIMEDOUT", "read")],
  ["unknown", "an abort", new DOMException("aborted", "AbortError")],
];

// S12
describe("a mail service's error", () => {
  test.each(rows)("is %s: %s", (outcome, _client, error) => {
    const read = outcomeOfServiceError(error);
    const concern = read.kind === "unavailable" && read.concerns === "unknown" ? "unknown concern" : null;
    expect(concern ?? (read.kind === "unavailable" ? read.concerns : read.kind)).toBe(outcome);
    expect(read.error).not.toContain("@");
  });
});

test("whatever is thrown has an outcome, errors that go in circles too", () => {
  const circle = new Error("x");
  circle.cause = circle;
  for (const thrown of [null, undefined, "ann@customer.example", 7, {}, [], circle])
    expect(outcomeOfServiceError(thrown)).toEqual({ kind: "unknown", error: "mail service failed" });
});

test("an outcome tells client, status and codes, and no words", () => {
  expect(outcomeOfServiceError(ses("MessageRejected", 400)).error).toBe("MessageRejected 400");
  expect(outcomeOfServiceError(fetchFailed(connect("ECONNREFUSED"))).error).toBe("TypeError (ECONNREFUSED)");
});
