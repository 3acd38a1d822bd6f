import type { Attributes } from "./attributes.ts";
import { cutText, oneLine } from "./clean-text.ts";
import { compareText } from "./compare-text.ts";

/** One value of an attribute by which figures are cut. */
export interface Slice {
  readonly attribute: string;
  readonly value: string;
}

// A part of the counts is named `slice:` and this text, and has 300 characters at most.
const longestSlice = 294;

/**
 * A slice as it is kept, `name=value`: the value on one line, cut so that all of it has at most 294 code points, the last of
 * them `…`. The same for the same value, however long it was: who asks for a value finds what was kept of it.
 */
export function sliceText({ attribute, value }: Slice): string {
  const maxLength = longestSlice - attribute.length - 1;
  // All of it is looked at: what a ticket said was one line before it was cut.
  return `${attribute}=${cutText({ text: oneLine(value), maxLength })}`;
}

/** The slice that a text keeps. A name has no `=`, a value may. */
export function sliceOf(text: string): Slice {
  const end = text.indexOf("=");
  return { attribute: text.slice(0, end), value: text.slice(end + 1) };
}

/** What is kept of a ticket's attributes: a text for each value of each attribute of these names, once, in code-point order. */
export function slicesOf(attributes: Attributes | undefined, names: readonly string[]): readonly string[] {
  if (attributes === undefined) return [];
  const texts = names.flatMap((attribute) =>
    [attributes[attribute] ?? []].flat().map((value) => sliceText({ attribute, value })),
  );
  return [...new Set(texts)].toSorted(compareText);
}
