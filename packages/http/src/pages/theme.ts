import type { Theme } from "@csat/core";
import { standardAccent } from "./accent.ts";

/** Looks that are safe to put into a style sheet and an `img`. */
export interface SafeTheme {
  /** `#rrggbb`. */
  readonly accentColor: string;
  /** A data URI of an image; null for none. */
  readonly logo: string | null;
}

// 64 KiB of base64: a page stays small, and nobody's host can make it huge by mistake.
const maxLogoLength = 64 * 1024;

/** Takes of a theme what has the right form, and the standard look for the rest. */
export function safeTheme(theme: Theme | null): SafeTheme {
  const accentColor = theme?.accentColor ?? "";
  const logo = theme?.logo ?? "";
  return {
    accentColor: /^#[0-9a-f]{6}$/i.test(accentColor) ? accentColor.toLowerCase() : standardAccent,
    logo: isImage(logo) ? logo : null,
  };
}

function isImage(uri: string): boolean {
  return /^data:image\/(?:png|jpeg|gif|webp|avif|svg\+xml)[;,]/i.test(uri) && uri.length <= maxLogoLength;
}
