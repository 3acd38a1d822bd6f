import { expect, test } from "vitest";
import { isTheme, maxLogoLength } from "./theme.ts";

test.each([
  ["a colour alone", { accentColor: "#1a2B3c", logo: null }, true],
  ["a colour and a PNG", { accentColor: "#000000", logo: "data:image/png;base64,iVBORw0KGgo=" }, true],
  ["a short colour", { accentColor: "#fff", logo: null }, false],
  ["a colour that closes the style", { accentColor: "#000000;}</style>", logo: null }, false],
  ["a logo on the web", { accentColor: "#000000", logo: "https://example.com/logo.png" }, false], // S29
  ["a script as a logo", { accentColor: "#000000", logo: "data:text/html;base64,PHA+" }, false],
  [
    "a logo that breaks out of its attribute",
    { accentColor: "#000000", logo: 'data:image/png;base64,AA"x' },
    false,
  ],
  ["a logo that is missing", { accentColor: "#000000" }, false],
  [
    "a logo too long for a mail",
    { accentColor: "#000000", logo: `data:image/png;base64,${"A".repeat(maxLogoLength)}` },
    false,
  ],
  ["nothing", null, false],
])("%s", (_name, theme, expected) => {
  expect(isTheme(theme)).toBe(expected);
});
