import { type Direction, directionOfText, runsAgainst } from "../survey/direction.ts";
import { escapeHtml } from "./escape-html.ts";
import { fillPlaceholders, type PlaceholderValues } from "./placeholders.ts";

/** A template for the mail's HTML, and the direction of what surrounds it. */
export interface HtmlTemplate {
  readonly template: string;
  readonly values: PlaceholderValues;
  readonly direction: Direction;
}

/** A filled template as HTML: all of it escaped, values that run against `direction` set apart. */
export function phraseHtml({ template, values, direction }: HtmlTemplate): string {
  return fillPlaceholders({
    template: escapeHtml(template),
    values,
    escape: (value) =>
      runsAgainst(direction, value) ? `<bdi>${escapeHtml(value)}</bdi>` : escapeHtml(value),
  });
}

/**
 * A filled template as HTML paragraphs: blank lines part them, single line breaks stay; lines end in "\n". Each runs
 * the way its own first letter does, whatever the values, and as `direction` without one.
 */
export function paragraphsHtml({ template, values, direction }: HtmlTemplate): string {
  return paragraphsOf(template)
    .map((lines) => {
      const own = directionOfText(withoutPlaceholders(lines.join(""), values)) ?? direction;
      const html = lines.map((line) => phraseHtml({ template: line, values, direction: own }));
      return `<p dir="${own}" style="margin:0 0 16px">${html.join("<br>")}</p>`;
    })
    .join("");
}

function paragraphsOf(text: string): readonly (readonly string[])[] {
  const paragraphs: string[][] = [[]];
  for (const line of text.split("\n")) {
    if (line === "") paragraphs.push([]);
    else paragraphs.at(-1)?.push(line);
  }
  return paragraphs.filter((lines) => lines.length > 0);
}

function withoutPlaceholders(template: string, values: PlaceholderValues): string {
  return fillPlaceholders({ template, values, escape: () => "" });
}
