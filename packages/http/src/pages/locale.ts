import { type Direction, directionOfLocale, lookUpLocale, readLocale, shorterTags } from "@csat/core";
import { builtInTexts } from "./languages/index.ts";
import { englishTexts, type PageTexts } from "./texts.ts";

/** The language a page is written in. */
export interface PageLocale {
  /** BCP 47 tag of the texts, for the `lang` attribute and for dates. */
  readonly tag: string;
  readonly direction: Direction;
  readonly texts: PageTexts;
}

/** Complete texts by canonical tag; always holds `en`. */
export type TextsByLocale = ReadonlyMap<string, PageLocale>;

/**
 * The languages that come with the package, with the host's sentences over them, and the host's own locales: what one
 * leaves out is taken from its shorter tags and then from English. Passes over tags that `readLocale` does not take.
 */
export function completeTexts(
  given: Readonly<Record<string, Partial<PageTexts>>>,
): ReadonlyMap<string, PageLocale> {
  const overrides = new Map<string, Partial<PageTexts>>(Object.entries(builtInTexts));
  for (const [locale, texts] of Object.entries(given)) {
    const tag = readLocale(locale)?.toString();
    if (tag !== undefined) overrides.set(tag, { ...overrides.get(tag), ...texts });
  }
  const english = { ...englishTexts, ...overrides.get("en") };
  const complete = new Map<string, PageLocale>([["en", pageLocale("en", english)]]);
  for (const tag of overrides.keys()) {
    let texts = english;
    for (const shorter of [...shorterTags(tag)].toReversed()) texts = { ...texts, ...overrides.get(shorter) };
    complete.set(tag, pageLocale(tag, texts));
  }
  return complete;
}

/** The texts for the first wanted tag that has some, itself or shortened; else English. */
export function chooseLocale(available: TextsByLocale, wanted: readonly string[]): PageLocale {
  const tag = lookUpLocale(wanted, (known) => available.has(known)) ?? "en";
  return available.get(tag) ?? pageLocale("en", englishTexts);
}

function pageLocale(tag: string, texts: PageTexts): PageLocale {
  return { tag, texts, direction: directionOfLocale(new Intl.Locale(tag)) };
}
