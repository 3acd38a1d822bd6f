import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { compileLayout, generatedUrl } from "../../scripts/compile-layout.mjs";
import { anEmail } from "../../test/an-email.ts";
import { scaleColors } from "./scale-colors.ts";

test("the compiled layout is what layout.mjml gives; else run node packages/core/scripts/build-layouts.mjs", async () => {
  expect(await readFile(generatedUrl, "utf8")).toBe(await compileLayout());
});

test("the compiled layout needs no eval, takes little room and links no fonts", async () => {
  const code = await readFile(generatedUrl, "utf8");
  expect(code).not.toMatch(/\beval\b|new Function|import\(|fonts\.g/);
  expect(gzipSync(code).length).toBeLessThan(4_096);
});

test("five buttons stand in one row of table cells that need no style sheet", () => {
  const { html } = anEmail();
  const rows = html.match(/<tr>(?:(?!<\/?tr>).)*aria-label="Rate.*?<\/tr>/gs) ?? [];
  expect(rows).toHaveLength(1);
  const cells = rows[0]?.match(/<td class="n n\d"[^>]*>.*?<\/td>/gs) ?? [];
  expect(cells).toHaveLength(5);
  for (const cell of cells) {
    expect(cell).toMatch(
      /height="44" align="center" bgcolor="#[0-9a-f]{6}" style="height:44px;background:#[0-9a-f]{6}/,
    );
    expect(cell).toMatch(
      /<a href="[^"]+" aria-label="Rate \d of 5" style="display:block;padding:10px 0;[^"]*line-height:24px/,
    );
  }
});

test("every table is one of layout, so that a screen reader reads a letter", () => {
  const tables = anEmail().html.match(/<table\b[^>]*>/g) ?? [];
  expect(tables.length).toBeGreaterThan(5);
  for (const table of tables) expect(table).toContain('role="presentation"');
});

test("light and dark are both declared, and every button has colours in both", () => {
  const { html } = anEmail();
  expect(html).toContain('<meta name="color-scheme" content="light dark">');
  const dark = /@media \(prefers-color-scheme:dark\)\{(.*?\})\}/s.exec(html)?.[1] ?? "";
  const grounds = [1, 2, 3, 4, 5].map((rating) => {
    const [, ground = "", ink = ""] =
      new RegExp(`\\.n${rating} a\\{background:(#\\w{6}) !important;color:(#\\w{6}) !important`).exec(dark) ??
      [];
    expect(contrast(ground, ink)).toBeGreaterThanOrEqual(4.5);
    return ground;
  });
  expect(new Set(grounds).size).toBe(5);
});

test("each number can be read on its button", () => {
  for (const { color, ink } of Object.values(scaleColors))
    expect(contrast(color, ink)).toBeGreaterThanOrEqual(4.5);
});

test.each([
  ["a browser", /<!--\[if (?:mso|lte mso)[\s\S]*?<!\[endif\]-->|<!--(?:\[if !mso\]><!|<!\[endif\])-->/g],
  [
    "Outlook",
    /<!--\[if !mso\]><!-->[\s\S]*?<!--<!\[endif\]-->|<!--\[if (?:mso|lte mso)[^\]]*\]>|<!\[endif\]-->|<o:[^>]*\/>/g,
  ],
])("markup as %s reads it is closed in order", (_name, unseen) => {
  const theme = { accentColor: "#112233", logo: "data:image/png;base64,AAAA" };
  let markup = anEmail({ locale: "he", theme })
    .html.replace(unseen, "")
    .replace(/<(?:!doctype|meta|br|img)\b[^>]*>/g, "")
    .replace(/<([a-z:]+)\b[^>]*>/gi, "<$1>")
    .replace(/>[^<]+/g, ">");
  expect(markup).not.toContain("<!");
  // Whatever is closed in order vanishes from the inside out.
  for (let before = ""; before !== markup; ) {
    before = markup;
    markup = markup.replace(/<([a-z:]+)><\/\1>/gi, "");
  }
  expect(markup).toBe("");
});

/** WCAG 2.2's contrast ratio of two `#rrggbb` colours. */
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((left, right) => left - right);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const share = Number.parseInt(color.slice(start, start + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
