import { sha256Base64 } from "@csat/core";
import type { Html } from "./html.ts";
import { html, nothing, raw, toText } from "./html.ts";
import { page } from "./style/page.ts";
import { stylesheet } from "./style/stylesheet.ts";
import type { Wording } from "./texts/wording.ts";

/** Light or dark whatever the system prefers, or as it does. */
export type ColorScheme = "light" | "dark" | "auto";

/** One view as a page of its own. */
export interface ViewPage {
  /** Of the tab. */
  readonly title: string;
  readonly wording: Wording;
  /** `auto`: as the system prefers. */
  readonly colorScheme: ColorScheme;
  readonly content: Html;
  /** The script that the view runs where scripts run; empty for none. */
  readonly script: string;
}

/** The whole page in one answer. Its style and script are allowed by hash; nothing is loaded from elsewhere. */
export async function documentOf({
  title,
  wording,
  colorScheme,
  content,
  script,
}: ViewPage): Promise<Response> {
  const css = `${stylesheet}\n${page}`;
  const text = await toText(html`<!doctype html>
<html lang="${wording.lang}" dir="${wording.dir}"${colorScheme === "auto" ? nothing : html` data-csat-scheme="${colorScheme}"`}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="${colorScheme === "auto" ? "light dark" : colorScheme}">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${raw(css)}</style>
</head>
<body class="csat-page">
<main>${content}</main>
${script === "" ? "" : html`<script type="module">${raw(script)}</script>`}
</body>
</html>
`);
  return new Response(text, {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-language": wording.locale,
      "content-security-policy": await policyOf(css, script),
    },
  });
}

// By script, and our views have one and the same style: digests of 50 kB are made once, not for every page.
const policies = new Map<string, string>();

async function policyOf(css: string, script: string): Promise<string> {
  const known = policies.get(script);
  if (known !== undefined) return known;
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${await sha256Base64(css)}'`,
    ...(script === "" ? [] : [`script-src 'sha256-${await sha256Base64(script)}'`]),
    "connect-src 'self'",
    "img-src data:",
    "frame-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'self'",
  ].join("; ");
  policies.set(script, policy);
  return policy;
}
