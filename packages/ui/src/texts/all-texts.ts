import { readLocale, shorterTags } from "@csat/core";
import { english } from "./english.ts";
import { languages } from "./languages/index.ts";
import type { JournalTexts, ViewSentences, ViewTexts } from "./view-texts.ts";

/** Complete sentences of one language. */
export interface LanguageTexts {
  readonly sentences: ViewSentences;
  readonly journal: JournalTexts;
}

/** Those of every language, by canonical BCP 47 tag. */
export interface AllTexts {
  readonly english: LanguageTexts;
  has(tag: string): boolean;
  get(tag: string): LanguageTexts | undefined;
}

/**
 * The languages that come with the package, with the host's sentences over them, and the host's own locales: what one
 * leaves out is taken from its shorter tags and then from English.
 * @throws Error naming a locale, or a sentence, that there is none of
 */
export function allTexts(given: Readonly<Record<string, ViewTexts>>): AllTexts {
  const partial = new Map<string, ViewTexts>(Object.entries(languages));
  for (const [locale, texts] of Object.entries(given)) {
    const tag = readLocale(locale)?.toString();
    if (tag === undefined) throw new Error(`csatViews: texts.${locale} must be a BCP 47 tag such as de-AT.`);
    checkSentences(locale, texts);
    partial.set(tag, over(partial.get(tag) ?? {}, texts));
  }
  const standard = over(english, partial.get("en") ?? {});
  const complete = new Map<string, LanguageTexts>();
  for (const tag of ["en", ...partial.keys()]) {
    let texts: ViewTexts = standard;
    for (const shorter of [...shorterTags(tag)].toReversed()) texts = over(texts, partial.get(shorter) ?? {});
    const { journal = {}, ...sentences } = texts;
    // Laid over all of English: none is missing.
    complete.set(tag, { sentences: sentences as ViewSentences, journal });
  }
  return {
    english: complete.get("en") ?? { sentences: english, journal: {} },
    has: (tag) => complete.has(tag),
    get: (tag) => complete.get(tag),
  };
}

function over(below: ViewTexts, { journal = {}, ...sentences }: ViewTexts): ViewTexts {
  const { journal: old = {}, ...rest } = below;
  return {
    ...rest,
    ...sentences,
    journal: {
      ...old,
      ...journal,
      events: { ...old.events, ...journal.events },
      leavings: { ...old.leavings, ...journal.leavings },
      reasons: { ...old.reasons, ...journal.reasons },
    },
  };
}

function checkSentences(locale: string, texts: object): void {
  for (const [key, text] of Object.entries<unknown>({ ...texts })) {
    if (key === "journal") continue;
    const known = Object.hasOwn(english, key) ? english[key as keyof typeof english] : undefined; // An own key.
    if (known === undefined)
      throw new Error(`csatViews: texts.${locale}.${key} is no sentence of the views.`);
    const isOfKind =
      typeof known === "string"
        ? typeof text === "string" && text.trim() !== ""
        : typeof text === "object" && text !== null && "other" in text;
    if (!isOfKind)
      throw new Error(
        `csatViews: texts.${locale}.${key} must be ${typeof known === "string" ? "a text that is not blank" : "an object of plural forms with other"}.`,
      );
  }
}
