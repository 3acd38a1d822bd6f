/** An accent colour made safe for one background. The colour itself stays the workspace's own. */
export interface Accent {
  /** The colour as given. */
  readonly fill: string;
  /** Black or white, at least 4.5 : 1 against `fill` (WCAG 2.2, 1.4.3). */
  readonly text: string;
  /** The colour moved far enough to be seen on the surface, at least 3 : 1 (WCAG 2.2, 1.4.11): the edge of what is filled. */
  readonly edge: string;
}

/** Finds text and edge for a colour on a surface. Both are `#rrggbb`. */
export function accentOn(surface: string, accentColor: string): Accent {
  const away = luminance(surface) > 0.5 ? 0 : 255;
  let edge = channelsOf(accentColor);
  while (contrast(toHex(edge), surface) < 3) edge = edge.map((channel) => channel + (away - channel) * 0.1);
  return {
    fill: accentColor,
    text: contrast(accentColor, "#ffffff") >= 4.5 ? "#ffffff" : "#000000",
    edge: toHex(edge),
  };
}

/** Contrast ratio of two `#rrggbb` colours by WCAG 2.2, 1 to 21. */
export function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((left, right) => left - right);
  return (lighter + 0.05) / (darker + 0.05);
}

// Relative luminance of sRGB, as WCAG 2.2 defines it.
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = channelsOf(color).map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function channelsOf(color: string): readonly number[] {
  return [1, 3, 5].map((start) => Number.parseInt(color.slice(start, start + 2), 16));
}

function toHex(channels: readonly number[]): string {
  return `#${channels.map((channel) => Math.round(channel).toString(16).padStart(2, "0")).join("")}`;
}
