import { englishTexts, type PageTexts } from "./texts.ts";

/** The language a page is written in. */
export interface PageLocale {
  /** BCP 47 tag of the texts, for the `lang` attribute and for dates. */
  readonly tag: string;
  readonly direction: "ltr" | "rtl";
  readonly texts: PageTexts;
}

/** Complete texts by canonical lower-case tag; always holds `en`. */
export type TextsByLocale = ReadonlyMap<string, PageLocale>;

/** Completes each locale's texts from its language and then from English. Tags must be valid BCP 47. */
export function completeTexts(
  given: Readonly<Record<string, Partial<PageTexts>>>,
): ReadonlyMap<string, PageLocale> {
  const overrides = new Map(Object.entries(given).map(([tag, texts]) => [canonical(tag) ?? tag, texts]));
  const english = { ...englishTexts, ...overrides.get("en") };
  const complete = new Map<string, PageLocale>([["en", pageLocale("en", english)]]);
  for (const [tag, texts] of overrides) {
    const language = overrides.get(languageOf(tag)) ?? {};
    complete.set(tag.toLowerCase(), pageLocale(tag, { ...english, ...language, ...texts }));
  }
  return complete;
}

/** The texts for the first wanted tag that there are texts for, exactly or in its language; else English. */
export function chooseLocale(available: TextsByLocale, wanted: readonly string[]): PageLocale {
  for (const tag of wanted) {
    const known = canonical(tag);
    if (known === null) continue;
    const found = available.get(known.toLowerCase()) ?? available.get(languageOf(known));
    if (found !== undefined) return found;
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
  return { tag, texts, direction: rightToLeft.has(languageOf(tag)) ? "rtl" : "ltr" };
}

function languageOf(tag: string): string {
  return (tag.split("-")[0] ?? tag).toLowerCase();
}
