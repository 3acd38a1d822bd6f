import { readLocale, shorterTags } from "../survey/locale.ts";
import { emailTexts } from "./default-texts.ts";
import type { EmailTexts } from "./email-texts.ts";
import { englishTexts } from "./languages/english.ts";
import { findUnknownPlaceholders } from "./placeholders.ts";

/** Sentences of mails by BCP 47 locale; what a locale leaves out is taken from its language, then from English. */
export type GivenEmailTexts = Readonly<Record<string, Partial<EmailTexts>>>;

/** Complete sentences by canonical tag; always holds `en`. */
export type AllEmailTexts = ReadonlyMap<string, EmailTexts>;

/** Our languages, with the host's sentences over them and its own locales. Passes over tags that `readLocale` does not take. */
export function allEmailTexts(given: GivenEmailTexts): AllEmailTexts {
  const partial = new Map<string, Partial<EmailTexts>>(Object.entries(emailTexts));
  for (const [locale, texts] of Object.entries(given)) {
    const tag = readLocale(locale)?.toString();
    if (tag !== undefined) partial.set(tag, { ...partial.get(tag), ...texts });
  }
  const english = { ...englishTexts, ...partial.get("en") };
  const all = new Map<string, EmailTexts>();
  for (const tag of partial.keys()) {
    let texts: EmailTexts = english;
    for (const shorter of [...shorterTags(tag)].toReversed()) texts = { ...texts, ...partial.get(shorter) };
    all.set(tag, texts);
  }
  return all;
}

/** What is wrong with sentences that a host gave, by the path of each; empty when nothing is. */
export function wrongEmailTexts(
  given: unknown,
): readonly { readonly path: string; readonly message: string }[] {
  if (!isGroup(given)) return [{ path: "", message: "must be an object of texts by locale" }];
  return Object.entries(given).flatMap(([locale, texts]) => {
    if (readLocale(locale) === null) return [{ path: locale, message: "must be a BCP 47 tag such as de-AT" }];
    if (!isGroup(texts)) return [{ path: locale, message: "must be an object" }];
    return Object.entries(texts).flatMap(([key, text]) =>
      Object.hasOwn(englishTexts, key)
        ? wrongs(`${locale}.${key}`, text, Reflect.get(englishTexts, key))
        : [{ path: `${locale}.${key}`, message: "is no sentence of the mail" }],
    );
  });
}

/** Of the same shape as ours, with placeholders that are known. */
function wrongs(
  path: string,
  text: unknown,
  ours: unknown,
): readonly { readonly path: string; readonly message: string }[] {
  if (!isGroup(ours)) {
    if (typeof text !== "string" || (text.trim() === "" && !path.endsWith(".sentenceGap")))
      return [{ path, message: "must be a text that is not blank" }];
    const [unknown] = findUnknownPlaceholders(text);
    return unknown === undefined ? [] : [{ path, message: `has the unknown placeholder {{${unknown}}}` }];
  }
  const keys = Object.keys(ours);
  if (!isGroup(text) || keys.some((key) => !Object.hasOwn(text, key)))
    return [{ path, message: `must be an object with ${keys.join(", ")}` }];
  return keys.flatMap((key) => wrongs(`${path}.${key}`, text[key], ours[key]));
}

function isGroup(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
