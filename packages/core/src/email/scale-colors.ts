import type { Rating } from "../survey/response.ts";

/** The look of one button: its ground, and the number upon it with a contrast of 4.5 : 1 or more. Both `#rrggbb`. */
export interface ScaleColor {
  readonly color: string;
  readonly ink: string;
}

/**
 * Orange over grey to blue, strongest at the ends: no red and green, which many cannot tell apart. The layout's style
 * sheet holds their counterparts for dark mode.
 */
export const scaleColors: Readonly<Record<Rating, ScaleColor>> = {
  1: { color: "#b45309", ink: "#ffffff" },
  2: { color: "#f2b27c", ink: "#1b1e23" },
  3: { color: "#d5d9df", ink: "#1b1e23" },
  4: { color: "#97c1ee", ink: "#1b1e23" },
  5: { color: "#1d5fae", ink: "#ffffff" },
};
