/** Which survey's mail this is. */
export interface MailIdentity {
  readonly surveyId: string;
  readonly workspaceId: string;
  readonly publicUrl: string;
  /** Where its customer opts out, absolute. */
  readonly optOut: string;
  /** Null for no such header. */
  readonly precedence: Precedence | null;
}

/** What a `Precedence` header may say. */
export type Precedence = "bulk" | "list";

/**
 * Headers that mark a mail as written by a machine, so that auto-replies to it do not reopen tickets (S18). They name
 * the survey and the workspace, and say how to opt out (S70). All are plain ASCII on one line whatever the ids hold.
 */
export function mailHeaders({
  surveyId,
  workspaceId,
  publicUrl,
  optOut,
  precedence,
}: MailIdentity): Readonly<Record<string, string>> {
  return {
    // RFC 3834, 5: whoever follows it sends no automatic answer.
    "Auto-Submitted": "auto-generated",
    // Exchange's own. "All" would also suppress the notice that a mail could not be delivered.
    "X-Auto-Response-Suppress": "DR, RN, NRN, OOF, AutoReply",
    // Older vacation programs know only this one.
    ...(precedence === null ? {} : { Precedence: precedence }),
    "List-Id": `<${listLabel(workspaceId)}.${listDomain(publicUrl)}>`,
    // Lets the host recognize replies and bounces.
    "X-CSAT-Survey-ID": surveyId.replace(/[^A-Za-z0-9._-]/g, ""),
    ...oneClick(optOut),
  };
}

// RFC 5322, 2.1.1: the longest line there may be, which no address can be folded to fit.
const maxLineLength = 998;

/** RFC 8058: mailbox providers post to the link when their user presses "unsubscribe". They do it over https alone. */
function oneClick(optOut: string): Readonly<Record<string, string>> {
  const value = `<${optOut}>`;
  const isUsable = optOut.startsWith("https://") && `List-Unsubscribe: ${value}`.length <= maxLineLength;
  return isUsable ? { "List-Unsubscribe": value, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" } : {};
}

// With a label of 63 and a dot it fits into the 255 characters of a List-Id.
const maxListDomainLength = 180;

/** One label of a domain, 63 characters at most (RFC 2919, 3), the same for a workspace in every mail. */
function listLabel(workspaceId: string): string {
  if (/^[a-z\d](?:[a-z\d-]{0,47}[a-z\d])?$/.test(workspaceId)) return `csat-${workspaceId}`;
  const readable = workspaceId
    .toLowerCase()
    .replace(/[^a-z\d]+/g, "-")
    .slice(0, 30);
  return `csat-${readable}-${fingerprint(workspaceId)}`;
}

/** The host of our public pages. An IP address is no domain: RFC 2919 keeps `localhost` for senders without one. */
function listDomain(publicUrl: string): string {
  const { hostname } = new URL(publicUrl);
  const isDomain = /^[a-z\d-]+(?:\.[a-z\d-]+)*$/.test(hostname) && !/(?:^|\.)\d+$/.test(hostname);
  return isDomain && hostname.length <= maxListDomainLength ? hostname : "localhost";
}

/** FNV-1a, 64 bits, over UTF-16 units, as hexadecimal digits. It keeps lists apart, it secures nothing. */
function fingerprint(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (let index = 0; index < text.length; index++) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(index))) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, "0");
}
