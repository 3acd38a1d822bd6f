/**
 * For a mail shown in a frame: its own styles and nothing else. No script, no form, no cookie; links open their own
 * windows, which the sandbox does not follow into.
 */
export const mailPolicy =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; " +
  "img-src data:; frame-ancestors 'self'";

/** A mail's HTML as the document of a frame: links open a new window instead, and `above` stands before the mail. */
export function mailDocument(mailHtml: string, above = ""): string {
  const withBase = insertAfter(mailHtml, /<head[^>]*>/i, '<base target="_blank">');
  return insertAfter(withBase, /<body[^>]*>/i, above);
}

function insertAfter(text: string, tag: RegExp, insertion: string): string {
  const found = tag.exec(text);
  const position = found === null ? 0 : found.index + found[0].length;
  return text.slice(0, position) + insertion + text.slice(position);
}
