import { builtInTexts } from "./languages/index.ts";
import { englishTexts, type PageTexts } from "./texts.ts";

/** The language a page is written in. */
export interface PageLocale {
  /** BCP 47 tag of the texts, for the `lang` attribute and for dates. */
  readonly tag: string;
  readonly direction: "ltr" | "rtl";
  readonly texts: PageTexts;
}

/** Complete texts by canonical tag; always holds `en`. */
export type TextsByLocale = ReadonlyMap<string, PageLocale>;

/**
 * The languages that come with the package, with the host's sentences over them, and the host's own locales: what one
 * leaves out is taken from its shorter tags and then from English. Tags must be valid BCP 47.
 */
export function completeTexts(
  given: Readonly<Record<string, Partial<PageTexts>>>,
): ReadonlyMap<string, PageLocale> {
  const overrides = new Map<string, Partial<PageTexts>>(Object.entries(builtInTexts));
  for (const [locale, texts] of Object.entries(given)) {
    const tag = canonical(locale) ?? locale;
    overrides.set(tag, { ...overrides.get(tag), ...texts });
  }
  const english = { ...englishTexts, ...overrides.get("en") };
  const complete = new Map<string, PageLocale>([["en", pageLocale("en", english)]]);
  for (const tag of overrides.keys()) {
    let texts = english;
    for (const shorter of shorterTags(tag).toReversed()) texts = { ...texts, ...overrides.get(shorter) };
    complete.set(tag, pageLocale(tag, texts));
  }
  return complete;
}

/** The texts for the first wanted tag that has some, itself or shortened (RFC 4647, lookup); else English. */
export function chooseLocale(available: TextsByLocale, wanted: readonly string[]): PageLocale {
  for (const tag of wanted) {
    for (const shorter of shorterTags(canonical(tag) ?? "")) {
      const found = available.get(shorter);
      if (found !== undefined) return found;
    }
  }
  return available.get("en") ?? pageLocale("en", englishTexts);
}

/** The tag in its usual spelling; null when it is no BCP 47 tag. */
export function canonical(tag: string): string | null {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null;
  } catch {
    return null;
  }
}

const rightToLeft = new Set(["ar", "ckb", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"]);

function pageLocale(tag: string, texts: PageTexts): PageLocale {
  const [language = tag] = tag.split("-");
  return { tag, texts, direction: rightToLeft.has(language) ? "rtl" : "ltr" };
}

// zh-Hant-TW, zh-Hant, zh.
function shorterTags(tag: string): readonly string[] {
  const parts = tag.split("-");
  return parts.map((_, index) => parts.slice(0, parts.length - index).join("-"));
}
