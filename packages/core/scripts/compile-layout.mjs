// Turns the MJML layout into the text of a TypeScript module. Apart from build-layouts.mjs, so that a test can
// compare without writing.
import { readFile } from "node:fs/promises";
import { Eta } from "eta/core";
import mjml2html from "mjml";

const layoutUrl = new URL("../src/email/layout.mjml", import.meta.url);

/** Where the module belongs. */
export const generatedUrl = new URL("../src/email/generated/layout-html.ts", import.meta.url);

/** The module `generated/layout-html.ts`: a plain function made of string literals, free of `eval` and of Eta. */
export async function compileLayout() {
  // Square brackets pass through MJML as text, where Eta's own <% would end a tag.
  const eta = new Eta({ tags: ["[[", "]]"], autoTrim: false });
  const body = eta.compileBody(eta.parse(await layoutTemplate()));
  return [
    "// Generated from ../layout.mjml by scripts/build-layouts.mjs. Do not edit.",
    'import { escapeHtml } from "../escape-html.ts";',
    'import type { LayoutFacts } from "../layout-facts.ts";',
    "",
    "/** The HTML part of a survey mail. Escapes every fact that is not HTML by its name. */",
    "export function layoutHtml(it: LayoutFacts): string {",
    '  let html = "";',
    joined(body.trimEnd()),
    "  return html;",
    "}",
    "",
  ].join("\n");
}

/** Eta appends piece by piece to an object of its own. Pieces that follow one another become one sum, which is half a kilobyte less. */
function joined(body) {
  return body
    .replaceAll("__eta.res+=", "html+=")
    .replaceAll("__eta.e(", "escapeHtml(")
    .replaceAll(/^(html\+=.*);\n(?=html\+=)/gm, "$1\n")
    .replaceAll(/(?<=^(?:html|\+).*)\nhtml\+=/gm, "\n+");
}

async function layoutTemplate() {
  const source = await readFile(layoutUrl, "utf8");
  // MJML would link a font server for fonts that it knows.
  const { html, errors } = await mjml2html(source, {
    fonts: {},
    validationLevel: "strict",
    keepComments: false,
  });
  if (errors.length > 0) throw new Error(errors.map((error) => error.formattedMessage).join("\n"));
  return minify(withSides(html));
}

/**
 * MJML writes physical sides only: the layout's left becomes the side where the mail's language starts. Tables say
 * their direction themselves, since Word orders columns by nothing else.
 */
function withSides(html) {
  return html
    .replaceAll(/\balign="left"/g, 'align="[[= it.start ]]"')
    .replaceAll(/\balign="right"/g, 'align="[[= it.end ]]"')
    .replaceAll("text-align:left", "text-align:[[= it.start ]]")
    .replaceAll(/<table(?=\s+cellpadding)/g, '<table dir="[[= it.dir ]]"')
    .replaceAll("direction:ltr", "direction:[[= it.dir ]]");
}

/** Drops white space that mail programs do not show: between tags, around line breaks and in style sheets. */
function minify(html) {
  return html
    .replace(/(<style[^>]*>)([^<]*)(<\/style>)/g, (_whole, open, css, close) =>
      css.trim() === ""
        ? ""
        : `${open}${css
            .replace(/\s+/g, " ")
            .replace(/\s*([{};:,>])\s*/g, "$1")
            .trim()}${close}`,
    )
    .replace(/\s*\n\s*/g, "\n")
    .replace(/>\s+</g, "><")
    .replace(/(\]\])\n|\n(\[\[)/g, "$1$2")
    .replace(/\n/g, " ")
    .trim();
}
