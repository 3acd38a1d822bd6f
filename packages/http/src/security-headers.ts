import { counterScript } from "./pages/comment-counter.ts";
import { rememberedDigest } from "./remembered-digest.ts";

const everywhere: Readonly<Record<string, string>> = {
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
};

/** Headers of JSON answers and redirects. Nothing in them may be rendered, framed, cached or indexed. */
export const apiHeaders: Readonly<Record<string, string>> = {
  ...everywhere,
  "content-security-policy":
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "x-robots-tag": "noindex, nofollow",
};

/**
 * Headers that a view's answer gets where the view set none. No content security policy: the view alone knows
 * which scripts and styles it brings.
 */
export const viewHeaders: Readonly<Record<string, string>> = {
  "cache-control": "no-store",
  // Not no-referrer: it would turn the Origin of the view's own forms into "null".
  "referrer-policy": "same-origin",
  "x-content-type-options": "nosniff",
  "x-frame-options": "SAMEORIGIN",
  "x-robots-tag": "noindex, nofollow",
};

/** Headers of the files that views load: asked for again each time, sent again when changed. */
export const assetHeaders: Readonly<Record<string, string>> = {
  "cache-control": "no-cache",
  "x-content-type-options": "nosniff",
  "x-robots-tag": "noindex, nofollow",
};

/** Headers of the public page: its one inline style and the counter of its comment are allowed by hash, a logo as a data URI, and nothing else is loaded. */
export async function pageHeaders(css: string): Promise<Readonly<Record<string, string>>> {
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${await rememberedDigest(css)}'`,
    `script-src 'sha256-${await rememberedDigest(counterScript)}'`,
    "img-src data:",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    ...everywhere,
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": policy.join("; "),
    "x-robots-tag": "noindex, nofollow",
    vary: "Accept, Accept-Language",
  };
}
