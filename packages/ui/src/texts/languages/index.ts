import { english } from "../english.ts";
import type { ViewSentences, ViewTexts } from "../view-texts.ts";
import { arabicTexts } from "./arabic.ts";
import { frenchTexts } from "./french.ts";
import { germanTexts } from "./german.ts";
import { japaneseTexts } from "./japanese.ts";
import { portugueseTexts } from "./portuguese.ts";
import { spanishTexts } from "./spanish.ts";

/** The languages that come with the package besides English, by BCP 47 tag. */
export const languages: Readonly<Record<string, ViewTexts>> = {
  ar: arabicTexts,
  de: germanTexts,
  es: spanishTexts,
  fr: frenchTexts,
  ja: japaneseTexts,
  pt: portugueseTexts,
};

/** The sentences of the views as they come with the package, by language; `en` has the name of every one. */
export const viewTexts: { readonly en: ViewSentences } & Readonly<Record<string, ViewTexts>> = {
  ...languages,
  en: english,
};
