import { isIP } from "node:net";
import { CsatError, type CsatIssue, hasMethods, type OutboxEvent } from "@csat/core";
import { addressGuard, networkOf } from "./address-guard.ts";
import { parseUrl } from "./destination.ts";
import { areHeaders, secretsOf } from "./signed-message.ts";
import type { WebhookTransportOptions } from "./webhook-transport-options.ts";

/** Checks the options at start-up. @throws CsatError `invalid_config`, with an issue per bad option and no secret in it */
export function checkOptions(options: WebhookTransportOptions): void {
  const given = new Map<string, unknown>(Object.entries(Object(options)));
  const issues = [
    ...endpointIssues(given.get("endpoints"), given.get("allowPrivateAddresses")),
    ...wholeNumberIssues("timeoutMs", given.get("timeoutMs")),
    ...wholeNumberIssues("maxResponseBytes", given.get("maxResponseBytes")),
    ...allowedIssues(given.get("allowPrivateAddresses")),
    ...functionIssues("onGone", given.get("onGone")),
    ...functionIssues("lookup", given.get("lookup")),
    ...dispatcherIssues(given.get("dispatcher")),
    ...certificateIssues(given.get("certificateAuthorities")),
    ...clockIssues(given.get("clock")),
  ];
  if (issues.length === 0) return;
  const said = issues.map(({ path, message }) => `${path} ${message}`).join("; ");
  throw new CsatError("invalid_config", `webhookTransport was given wrong options: ${said}.`, { issues });
}

function endpointIssues(endpoints: unknown, allowed: unknown): readonly CsatIssue[] {
  if (typeof endpoints === "function") return [];
  if (!Array.isArray(endpoints)) {
    return [{ path: "endpoints", message: "must be a list, or a function that returns one" }];
  }
  const seen = new Set<string>();
  return endpoints.flatMap((endpoint: unknown, index) => {
    const { id, url, secret, workspaceId, headers, events } = Object(endpoint);
    const key = JSON.stringify([id, workspaceId ?? null]);
    const isRepeated = seen.has(key);
    seen.add(key);
    return [
      ...issueUnless(isText(id), `endpoints.${index}.id`, "must be text that is not empty"),
      ...issueUnless(!isRepeated, `endpoints.${index}.id`, "is there twice"),
      ...issueUnless(isReceiverUrl(url), `endpoints.${index}.url`, receiverUrlMessage),
      ...issueUnless(!isPlainInVain(url, allowed), `endpoints.${index}.url`, plainMessage),
      ...issueUnless(
        headers === undefined || areHeaders(headers),
        `endpoints.${index}.headers`,
        headersMessage,
      ),
      ...issueUnless(events === undefined || areTypes(events), `endpoints.${index}.events`, eventsMessage),
      ...issueUnless(secretsOf(secret) !== null, `endpoints.${index}.secret`, secretMessage),
      ...issueUnless(
        workspaceId === undefined || isText(workspaceId),
        `endpoints.${index}.workspaceId`,
        "must be text that is not empty",
      ),
    ];
  });
}

const types: readonly unknown[] = [
  "ticket.csat_received",
  "ticket.csat_excluded",
  "ticket.csat_restored",
] satisfies OutboxEvent["type"][];
const eventsMessage = `must be a list of ${types.join(", ")}`;

function areTypes(events: unknown): boolean {
  return Array.isArray(events) && events.every((type) => types.includes(type));
}

const secretMessage = "must be whsec_ and base64 of at least 24 random bytes, or a list of such secrets";
const receiverUrlMessage = "must be an absolute https URL without a user name or password";

/** Whether its address may be reached is asked at every attempt: names change. */
function isReceiverUrl(value: unknown): boolean {
  const url = typeof value === "string" ? parseUrl(value) : null;
  return url !== null && url.username === "" && url.password === "";
}

const plainMessage =
  "goes over http, which is for receivers that allowPrivateAddresses names: use https, or list its host there";
const headersMessage =
  "must be at most 20 names and texts in one line, without those of the signature and of the connection";

/** Plain http that no attempt could use. Where a network is allowed, the name's addresses decide, at every attempt. */
function isPlainInVain(value: unknown, allowed: unknown): boolean {
  const url = typeof value === "string" ? parseUrl(value) : null;
  if (url?.protocol !== "http:" || allowed === true) return false;
  const entries = (Array.isArray(allowed) ? allowed : []).filter((entry) => typeof entry === "string");
  const guard = addressGuard(entries);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (guard.allowsName(host)) return false;
  return isIP(host) === 0 ? !entries.some((entry) => networkOf(entry) !== null) : !guard.isListed(host);
}

function dispatcherIssues(value: unknown): readonly CsatIssue[] {
  const isOne = value === undefined || hasMethods(value, "dispatch");
  return issueUnless(isOne, "dispatcher", "must be a dispatcher of undici, such as a ProxyAgent");
}

function wholeNumberIssues(path: string, value: unknown): readonly CsatIssue[] {
  // A timer beyond 2^31 − 1 ms would fire at once.
  const fits = Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 2 ** 31 - 1;
  return issueUnless(value === undefined || fits, path, "must be a whole number from 1 to 2147483647");
}

function allowedIssues(value: unknown): readonly CsatIssue[] {
  const message = "must be true, or a list of names, addresses and networks such as 10.0.0.0/8";
  if (value === undefined || value === true) return [];
  if (!Array.isArray(value)) return [{ path: "allowPrivateAddresses", message }];
  return value.flatMap((entry: unknown, index) =>
    issueUnless(isAllowable(entry), `allowPrivateAddresses.${index}`, "is no name, address or network"),
  );
}

function isAllowable(entry: unknown): boolean {
  if (typeof entry !== "string") return false;
  if (networkOf(entry) !== null) return true;
  // A name as the URL standard would write it, and no address in disguise: `127.1` allows nothing by accident.
  const url = URL.canParse(`https://${entry}/`) ? new URL(`https://${entry}/`) : null;
  return url?.host === entry.toLowerCase() && networkOf(url.hostname) === null && !entry.startsWith("[");
}

function functionIssues(path: string, value: unknown): readonly CsatIssue[] {
  return issueUnless(value === undefined || typeof value === "function", path, "must be a function");
}

function certificateIssues(value: unknown): readonly CsatIssue[] {
  const areCertificates =
    Array.isArray(value) &&
    value.every((entry) => typeof entry === "string" && entry.includes("-----BEGIN CERTIFICATE-----"));
  return issueUnless(
    value === undefined || areCertificates,
    "certificateAuthorities",
    "must be a list of PEM texts",
  );
}

function clockIssues(value: unknown): readonly CsatIssue[] {
  const tells = value === undefined || typeof Object(value).now === "function";
  return issueUnless(tells, "clock", "must have a function now that returns a Date");
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value.trim() !== "";
}

function issueUnless(holds: boolean, path: string, message: string): readonly CsatIssue[] {
  return holds ? [] : [{ path, message }];
}
