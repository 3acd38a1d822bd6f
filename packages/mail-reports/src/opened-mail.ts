import PostalMime from "postal-mime";

/** Bytes of a mail that are read at most; 1 MB. Reports are a few kB and, with the mail that they return, tens of kB. */
const maxReportBytes = 1_000_000;

/**
 * A parser keeps about 2 kB for each line while it reads: a million empty lines took 1.7 GB and a minute. 1 MB of base64 is
 * 13,000 lines.
 */
const maxLines = 20_000;

/** Lines that may open a part; a report has three parts, and the mail within it is not taken apart. */
const maxBoundaryLines = 2_000;

/** Of the header and of every part together. */
const maxHeaderBytes = 128 * 1024;

const maxDepth = 64;

/** Of a part that is read as text: fields stand at its beginning. */
const maxTextBytes = 64 * 1024;

/** A part that is no text to read aloud. */
export interface MailPart {
  /** `message/delivery-status`, in lower case without parameters. */
  readonly type: string;
  /** Its first 64 kB, decoded; bytes that are no UTF-8 become U+FFFD. */
  readonly text: string;
}

/** A mail, taken apart once: mails within it stay closed. */
export interface OpenedMail {
  /** The first field of that name (in lower case), unfolded; null when there is none. */
  readonly header: (name: string) => string | null;
  /** The first 64,000 characters of its plain text; empty when there is none. */
  readonly text: string;
  readonly parts: readonly MailPart[];
}

/** Null for what is no mail, or larger, deeper or more in parts than a report is. Never throws. */
export async function openMail(raw: Uint8Array | string): Promise<OpenedMail | null> {
  // No text has fewer bytes than characters: a long one is not even encoded.
  if (raw.length > maxReportBytes) return null;
  const bytes = typeof raw === "string" ? new TextEncoder().encode(raw) : raw;
  if (bytes.length > maxReportBytes || !isOfModestShape(bytes)) return null;
  try {
    const mail = await PostalMime.parse(bytes, {
      // The mail that a report returns is evidence: its own parts are not ours to read.
      forceRfc822Attachments: true,
      maxHeadersSize: maxHeaderBytes,
      maxNestingDepth: maxDepth,
    });
    return {
      header: (name) => mail.headers.find(({ key }) => key === name)?.value ?? null,
      text: (mail.text ?? "").slice(0, maxTextBytes),
      parts: mail.attachments.map(({ mimeType, content }) => ({
        type: mimeType,
        text: beginningOf(content),
      })),
    };
  } catch {
    // One of the limits, or a shape that the parser refuses: whatever it is, it is no report that we can read.
    return null;
  }
}

const lineFeed = 0x0a;
const dash = 0x2d;

function isOfModestShape(bytes: Uint8Array): boolean {
  let lines = 0;
  let boundaryLines = 0;
  for (let at = 0; at < bytes.length; at = next(bytes, at)) {
    lines++;
    if (bytes[at] === dash && bytes[at + 1] === dash) boundaryLines++;
  }
  return lines <= maxLines && boundaryLines <= maxBoundaryLines;
}

function next(bytes: Uint8Array, from: number): number {
  const end = bytes.indexOf(lineFeed, from);
  return end < 0 ? bytes.length : end + 1;
}

function beginningOf(content: ArrayBuffer | Uint8Array | string): string {
  if (typeof content === "string") return content.slice(0, maxTextBytes);
  return new TextDecoder().decode(new Uint8Array(content).subarray(0, maxTextBytes));
}
