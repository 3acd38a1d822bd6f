import { createHash } from "node:crypto";

/** A mail as the document of a frame, and the content security policy to send it with. */
export interface MailDocument {
  readonly html: string;
  /**
   * Its own styles, each by its hash, and nothing else. No script, no form, no cookie; links open their own windows,
   * which the sandbox does not follow into.
   */
  readonly policy: string;
}

/** A mail's HTML as the document of a frame: links open a new window instead. */
export function mailDocument(mailHtml: string): MailDocument {
  const html = insertAfter(mailHtml, /<head[^>]*>/i, '<base target="_blank">');
  const policy = [
    "sandbox allow-popups allow-popups-to-escape-sandbox",
    "default-src 'none'",
    `style-src 'unsafe-hashes' ${styleHashes(html).join(" ")}`,
    "img-src data:",
    "frame-ancestors 'self'",
  ];
  return { html, policy: policy.join("; ") };
}

// Of the sheets and of the attributes, which our mails write in double quotes and without entities.
function styleHashes(html: string): readonly string[] {
  const styles = [...html.matchAll(/<style[^>]*>(.*?)<\/style>|\sstyle="([^"]*)"/gs)];
  const hashes = styles.map(([, sheet, attribute]) =>
    createHash("sha256")
      .update(sheet ?? attribute ?? "")
      .digest("base64"),
  );
  return [...new Set(hashes)].map((hash) => `'sha256-${hash}'`);
}

function insertAfter(text: string, tag: RegExp, insertion: string): string {
  const found = tag.exec(text);
  const position = found === null ? 0 : found.index + found[0].length;
  return text.slice(0, position) + insertion + text.slice(position);
}
