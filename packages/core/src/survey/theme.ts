/** Accent colour as `#rrggbb`, and a logo as a data URI of an image; null for none. */
export interface Theme {
  readonly accentColor: string;
  readonly logo: string | null;
}

const accentColor = /^#[0-9a-f]{6}$/i;
const logo = /^data:image\/(?:png|jpeg|gif|webp|svg\+xml);base64,[a-z0-9+/]+={0,2}$/i;

/** Longest logo, in characters of its data URI: mail programs cut mails that are longer than 100 kB. */
export const maxLogoLength = 60_000;

/** True for a colour `#rrggbb`. */
export function isAccentColor(value: unknown): value is string {
  return typeof value === "string" && accentColor.test(value);
}

/** True for a base64 data URI of an image, 60,000 characters at most. */
export function isLogo(value: unknown): value is string {
  return typeof value === "string" && value.length <= maxLogoLength && logo.test(value);
}

/** True for a colour with a logo that is null or fits. */
export function isTheme(value: unknown): value is Theme {
  if (typeof value !== "object" || value === null) return false;
  const theme: Partial<Record<keyof Theme, unknown>> = value;
  return isAccentColor(theme.accentColor) && (theme.logo === null || isLogo(theme.logo));
}

/** The look without a theme. */
const standardTheme: Theme = { accentColor: "#2457a6", logo: null };

/** A theme that is safe in a style sheet and an `img`: the given one, its colour in small letters, or the standard look for what is none. */
export function usableTheme(value: unknown): Theme {
  return isTheme(value) ? { accentColor: value.accentColor.toLowerCase(), logo: value.logo } : standardTheme;
}
