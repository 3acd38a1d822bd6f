/** Which survey's mail this is. */
export interface MailIdentity {
  readonly surveyId: string;
  readonly workspaceId: string;
  readonly publicUrl: string;
}

/**
 * Headers that mark a mail as written by a machine, so that auto-replies to it do not reopen tickets (S18). They name
 * the survey and the workspace, nobody else, and are plain ASCII on one line whatever the ids hold.
 */
export function mailHeaders({
  surveyId,
  workspaceId,
  publicUrl,
}: MailIdentity): Readonly<Record<string, string>> {
  return {
    // RFC 3834, 5: whoever follows it sends no automatic answer.
    "Auto-Submitted": "auto-generated",
    // Exchange's own. "All" would also suppress the notice that a mail could not be delivered.
    "X-Auto-Response-Suppress": "DR, RN, NRN, OOF, AutoReply",
    // Older vacation programs know only this one.
    Precedence: "bulk",
    "List-Id": `<${listLabel(workspaceId)}.${listDomain(publicUrl)}>`,
    // Lets the host recognize replies and bounces.
    "X-CSAT-Survey-ID": surveyId.replace(/[^A-Za-z0-9._-]/g, ""),
  };
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
