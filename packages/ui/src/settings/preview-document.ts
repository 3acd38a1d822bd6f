import { sha256Base64 } from "@csat/core";
import type { Refusal } from "../error-view.ts";
import { type Html, html, toText } from "../html.ts";
import type { Wording } from "../texts/wording.ts";
import { issueWords } from "./issue-words.ts";
import { subjectStyle } from "./subject-style.ts";

/** The mail of the preview. */
interface PreviewMail {
  readonly subject: string;
  readonly html: string;
}

/**
 * What the routes of the preview answer: the document of a frame, whatever layout the host has; null for other routes.
 */
export async function previewOf(
  name: string,
  data: unknown,
  request: Request,
  wording: Wording,
): Promise<Response | null> {
  // The handler's `ViewData` says what each name is given.
  if (name === "settings-preview") return await previewDocument(data as PreviewMail);
  const isRefused = name === "error" && /\/settings\/preview\/?$/.test(new URL(request.url).pathname);
  // The same holds for `error`.
  return isRefused ? await refusedPreview(data as Refusal, wording) : null;
}

/** The mail below its subject, for where no script fills the frame. */
async function previewDocument({ subject, html: mail }: PreviewMail): Promise<Response> {
  const bar = html`<p style="${subjectStyle}" dir="auto">${subject}</p>`;
  return await framed(insertAfter(mail, /<body[^>]*>/i, await toText(bar)));
}

/** The same frame when there is no mail to show: what is wrong, in words. */
async function refusedPreview(
  { error: { message, issues = [] } }: Refusal,
  wording: Wording,
): Promise<Response> {
  const sentences: Html[] =
    issues.length === 0 ? [html`${message}`] : issues.map((issue) => html`${issueWords(issue, wording)} `);
  return await framed(
    await toText(html`<!doctype html><html lang="${wording.lang}" dir="${wording.dir}"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>${wording.say("noPreview")}</title></head>
<body><p style="margin:0;padding:12px 16px;font:14px/1.5 system-ui,sans-serif">${sentences}</p></body></html>`),
  );
}

// No script, form or cookie, and a link leads nowhere: the survey behind it is none.
async function framed(document: string): Promise<Response> {
  const text = insertAfter(document, /<head[^>]*>/i, '<base target="_blank">');
  const policy = [
    "sandbox",
    "default-src 'none'",
    `style-src 'unsafe-hashes' ${(await styleHashes(text)).join(" ")}`,
    "img-src data:",
    "frame-ancestors 'self'",
  ];
  return new Response(text, {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": policy.join("; "),
    },
  });
}

// Of the sheets and of the attributes, which our mails write in double quotes and without entities.
async function styleHashes(text: string): Promise<readonly string[]> {
  const styles = [...text.matchAll(/<style[^>]*>(.*?)<\/style>|\sstyle="([^"]*)"/gs)].map(
    ([, sheet, attribute]) => sheet ?? attribute ?? "",
  );
  return await Promise.all(
    [...new Set(styles)].map(async (style) => `'sha256-${await sha256Base64(style)}'`),
  );
}

function insertAfter(text: string, tag: RegExp, insertion: string): string {
  const found = tag.exec(text);
  const position = found === null ? 0 : found.index + found[0].length;
  return text.slice(0, position) + insertion + text.slice(position);
}
