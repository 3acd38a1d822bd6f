import { usableTheme } from "@csat/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { accentOn, contrast } from "../src/pages/accent.ts";
import { pageCss } from "../src/pages/style.ts";

const color = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, "0")}`);

test("contrast is what WCAG says", () => {
  // Published pairs: black on white, and the grey #767676 that just passes 4.5 on white.
  expect(contrast("#000000", "#ffffff")).toBe(21);
  expect(contrast("#767676", "#ffffff")).toBeCloseTo(4.54, 2);
  expect(contrast("#ffffff", "#767676")).toBeCloseTo(4.54, 2);
});

test("whatever the accent colour, text upon it reads and its edge is seen, on light and on dark", () => {
  fc.assert(
    fc.property(color, fc.constantFrom("#ffffff", "#1c1f24"), (accentColor, surface) => {
      const { fill, text, edge } = accentOn(surface, accentColor);
      expect(fill).toBe(accentColor);
      expect(contrast(fill, text)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(edge, surface)).toBeGreaterThanOrEqual(3);
    }),
    { numRuns: 2_000 },
  );
});

test.each(["light", "dark"])("the page's own %s colours reach the contrast they need", (mode) => {
  const css = pageCss(usableTheme(null));
  const part = mode === "light" ? css.slice(0, css.indexOf("@media")) : css.slice(css.indexOf("@media"));
  const value = (name: string) => part.match(new RegExp(`--csat-${name}:(#[0-9a-f]{6})`))?.[1] ?? "missing";
  for (const name of ["ink", "muted", "alert"]) {
    expect(contrast(value(name), value("surface"))).toBeGreaterThanOrEqual(4.5);
  }
  expect(contrast(value("edge"), value("surface"))).toBeGreaterThanOrEqual(3);
});
