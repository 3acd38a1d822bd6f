import type { PageTexts } from "../texts.ts";
import { arabicTexts } from "./arabic.ts";
import { frenchTexts } from "./french.ts";
import { germanTexts } from "./german.ts";
import { japaneseTexts } from "./japanese.ts";
import { portugueseTexts } from "./portuguese.ts";
import { spanishTexts } from "./spanish.ts";

/** The languages that come with the package besides English, by BCP 47 tag. A host overrides single sentences of them. */
export const builtInTexts: Readonly<Record<string, PageTexts>> = {
  ar: arabicTexts,
  de: germanTexts,
  es: spanishTexts,
  fr: frenchTexts,
  ja: japaneseTexts,
  pt: portugueseTexts,
};
