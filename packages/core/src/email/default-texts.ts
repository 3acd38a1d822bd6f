import type { EmailTexts } from "./email-texts.ts";
import { arabicTexts } from "./languages/arabic.ts";
import { englishTexts } from "./languages/english.ts";
import { frenchTexts } from "./languages/french.ts";
import { germanTexts } from "./languages/german.ts";
import { japaneseTexts } from "./languages/japanese.ts";
import { portugueseTexts } from "./languages/portuguese.ts";
import { spanishTexts } from "./languages/spanish.ts";

/** The texts by language (the first part of a BCP 47 tag). English also stands in for the languages that are missing. */
export const emailTexts: { readonly en: EmailTexts } & Readonly<Record<string, EmailTexts>> = {
  ar: arabicTexts,
  de: germanTexts,
  en: englishTexts,
  es: spanishTexts,
  fr: frenchTexts,
  ja: japaneseTexts,
  pt: portugueseTexts,
};

/**
 * What stands where an admin wrote nothing, with its placeholders, in English. Customers of another language that
 * `emailTexts` has get it in theirs.
 */
export const defaultTexts: { readonly subject: string; readonly bodyIntro: string } = {
  subject: englishTexts.subject,
  bodyIntro: englishTexts.bodyIntro,
};
