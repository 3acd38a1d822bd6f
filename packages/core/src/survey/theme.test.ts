import { expect, test } from "vitest";
import { isTheme, maxLogoLength, usableTheme } from "./theme.ts";

test.each([
  ["a colour alone", { accentColor: "#1a2B3c", logo: null }, true],
  ["a colour and a PNG", { accentColor: "#000000", logo: "data:image/png;base64,iVBORw0KGgo=" }, true],
  ["a short colour", { accentColor: "#fff", logo: null }, false],
  ["a colour that closes the style", { accentColor: "#000000;}</style>", logo: null }, false],
  ["a logo on the web", { accentColor: "#000000", logo: "https://example.com/logo.png" }, false], // S29
  ["a colour too long", { accentColor: "#1234567", logo: null }, false],
  ["a colour of other letters", { accentColor: "#12345g", logo: null }, false],
  ["a logo of a type like SVG", { accentColor: "#000000", logo: "data:image/svg+xmlx;base64,AA" }, false],
  ["a logo that runs", { accentColor: "#000000", logo: "javascript:alert(1)" }, false],
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

test("what is used is the theme with its colour in small letters, and the standard look for what is none", () => {
  const logo = "data:image/png;base64,iVBORw0KGgo=";
  expect(usableTheme({ accentColor: "#FFD400", logo })).toEqual({ accentColor: "#ffd400", logo });
  const standard = { accentColor: "#2457a6", logo: null };
  expect(usableTheme(null)).toEqual(standard);
  expect(usableTheme({ accentColor: "#123456;}*{display:none", logo: null })).toEqual(standard);
  expect(usableTheme({ accentColor: "#000000", logo: "https://evil.example/logo.png" })).toEqual(standard);
});
