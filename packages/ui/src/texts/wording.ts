import { type Direction, directionOfLocale, lookUpLocale, readLocale } from "@csat/core";
import { type Formats, formatsOf, supportedLocale } from "../format.ts";
import { type Html, html } from "../html.ts";
import type { AllTexts } from "./all-texts.ts";
import type { CountedKey, JournalTexts, PlainKey } from "./view-texts.ts";

/** Numbers, dates and sentences of one viewer. */
export interface Wording extends Formats {
  /** BCP 47 tag of the sentences. */
  readonly lang: string;
  /** That of the numbers and dates where they are of the same language; else as `lang`. */
  readonly locale: string;
  readonly dir: Direction;
  readonly journal: JournalTexts;
  /** A sentence as text; each `{name}` is filled in once. */
  say(key: PlainKey, values?: Readonly<Record<string, string>>): string;
  /** The same as HTML: values are escaped, or are pieces already. */
  put(key: PlainKey, values: Readonly<Record<string, string | Html>>): Html;
  /** The form for `amount`; `{count}` is that number as the viewer writes it unless a value says otherwise. */
  counted(key: CountedKey, amount: number, values?: Readonly<Record<string, string>>): string;
  /** How long to wait, in short: "in 23 h", "in 3 days"; "in a moment" for less than a minute and for what is due. */
  wait(from: Date, to: Date): string;
}

/**
 * The first of the languages wanted that there are texts for, with its numbers and dates; where there is none, English
 * with those of the first wanted that this runtime knows.
 */
export function wordingFor(wanted: readonly string[], all: AllTexts): Wording {
  for (const locale of wanted) {
    const lang = lookUpLocale([locale], (tag) => all.has(tag));
    if (lang !== null) return wordingOf({ locale, lang }, all);
  }
  const locale = wanted.find((each) => supportedLocale(each) !== null) ?? "en";
  return wordingOf({ locale, lang: "en" }, all);
}

function wordingOf(
  { locale, lang }: { readonly locale: string; readonly lang: string },
  all: AllTexts,
): Wording {
  const { sentences, journal } = all.get(lang) ?? all.english;
  const formats = formatsOf(locale);
  const plural = new Intl.PluralRules(lang);
  const wording: Wording = {
    ...formats,
    lang,
    locale: sameLanguage(locale, lang) ? (supportedLocale(locale) ?? lang) : lang,
    dir: directionOfLocale(new Intl.Locale(lang)),
    journal,
    say: (key, values = {}) => fill(sentences[key], values),
    put: (key, values) => {
      const parts = sentences[key].split(/\{(\w+)\}/);
      return html`${parts.map((part, place) => (place % 2 === 0 ? part : Object.hasOwn(values, part) ? (values[part] ?? "") : `{${part}}`))}`;
    },
    counted: (key, amount, values = {}) => {
      const forms = sentences[key];
      const text = forms[plural.select(amount)] ?? forms.other;
      return fill(text, { count: formats.count(amount), ...values });
    },
    wait: (from, to) => {
      const minutes = Math.round((to.getTime() - from.getTime()) / 60_000);
      if (minutes < 1) return wording.say("inAMoment");
      if (minutes < 60) return wording.say("inMinutes", { count: formats.count(minutes) });
      const hours = Math.round(minutes / 60);
      if (hours < 48) return wording.say("inHours", { count: formats.count(hours) });
      return wording.counted("inDays", Math.round(minutes / (24 * 60)));
    },
  };
  return wording;
}

function sameLanguage(locale: string, lang: string): boolean {
  return readLocale(locale)?.language === readLocale(lang)?.language;
}

/** Puts values into a sentence, once: what a value holds is never a placeholder. */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? whole) : whole,
  );
}
