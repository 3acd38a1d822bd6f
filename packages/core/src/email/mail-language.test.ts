import { describe, expect, test } from "vitest";
import { anEmail, introOf } from "../../test/an-email.ts";
import { mailLanguage } from "./mail-language.ts";

test.each([
  [null, "en", "ltr"],
  ["", "en", "ltr"],
  ["en-GB", "en-GB", "ltr"],
  ["de", "de", "ltr"],
  ["ar_EG", "ar-EG", "rtl"],
  [" he ", "he", "rtl"],
  ["fa-IR", "fa-IR", "rtl"],
  ["ur", "ur", "rtl"],
  ["az", "az", "ltr"],
  ["az-Arab", "az-Arab", "rtl"],
  ["dv", "dv", "rtl"],
  ["zh-hant-tw", "zh-Hant-TW", "ltr"],
  ["tostring", "tostring", "ltr"],
  ['en"><script>', "en", "ltr"],
  ["no such language", "en", "ltr"],
])("the locale %j gives lang %s, %s", (locale, lang, dir) => {
  expect(mailLanguage(locale)).toMatchObject({ lang, dir });
});

test("while a language's texts are missing, English ones stand in and say that they are English", () => {
  const language = mailLanguage("he");
  expect(language.texts).toBe(mailLanguage("en").texts);
  expect(language).toMatchObject({ textsLang: "en", textsDir: "ltr", start: "right", end: "left" });
});

test("a mail to a reader of Arabic runs from right to left, its buttons still in the order 1 to 5", () => {
  const { html } = anEmail({ locale: "ar" });
  expect(html).toContain('<html lang="ar" dir="rtl"');
  expect(html).not.toMatch(/direction:ltr|<table dir="ltr"/);
  expect(html).not.toMatch(/text-align:left/);
  expect(html).not.toContain('lang="en"');
  expect(Array.from(html.matchAll(/aria-label="التقييم (\d) من 5"/g), (match) => match[1]).join("")).toBe(
    "12345",
  );
});

test("a sentence that stands in from English says so inside a mail of another language", () => {
  expect(anEmail({ locale: "he" }).html).toMatch(/<span lang="en" dir="ltr">Choosing/);
});

describe.each(["de", "fr", "es", "pt", "ja", "ar"])("the mail in %s", (tag) => {
  const { texts } = mailLanguage(tag);
  const english = mailLanguage("en").texts;

  // By name, and every form of each sentence.
  const written = (all: typeof texts) =>
    Object.entries(all).flatMap(([key, value]): (readonly [string, string])[] =>
      typeof value === "string"
        ? [[key, value]]
        : Object.entries<string>(value).map(([form, text]) => [`${key}.${form}`, text]),
    );

  test("has every sentence, none of them in English", () => {
    const originals = new Map(written(english));
    expect(written(texts).map(([key]) => key)).toEqual([...originals.keys()]);
    for (const [key, sentence] of written(texts)) {
      if (key === "sentenceGap") continue;
      expect(sentence.trim(), key).not.toBe("");
      // "Neutral" and "Support" are words of several languages.
      const isShared = ["ratingNames.3", "fallbacks.workspace_name"].includes(key);
      if (!isShared) expect(sentence, key).not.toBe(originals.get(key));
    }
  });

  test("uses placeholders where English does", () => {
    const used = (all: typeof texts) =>
      written(all).map(([key, text]) => [key, (text.match(/\{\{?\w+\}?\}/g) ?? []).toSorted()]);
    expect(used(texts)).toEqual(used(english));
  });
});

test("a paragraph runs as the admin wrote it, whatever name is filled in first", () => {
  const { html } = anEmail({
    customerName: "ليلى",
    bodyIntro: "{{customer_name}}, how was it?\n\n{{operator_name}} شكرا\n\n123",
  });
  expect(Array.from(html.matchAll(/<p dir="([a-z]+)"/g), (match) => match[1])).toEqual(["ltr", "rtl", "ltr"]);
});

test("a name that runs against its sentence is set apart, so that the punctuation stays in place", () => {
  const arabic = anEmail({ customerName: "ليلى 🌸", bodyIntro: "Hi {{customer_name}}!" });
  expect(introOf(arabic)).toEqual(["Hi <bdi>ليلى 🌸</bdi>!"]);
  const markup = anEmail({ customerName: "ليلى <b>", bodyIntro: "Hi {{customer_name}}" });
  expect(introOf(markup)).toEqual(["Hi <bdi>ليلى &lt;b&gt;</bdi>"]);
  const latin = anEmail({ bodyIntro: "شكرا {{operator_name}}!" });
  expect(introOf(latin)).toEqual(["شكرا <bdi>Carol</bdi>!"]);
  expect(introOf(anEmail({ bodyIntro: "Hi {{customer_name}}!" }))).toEqual(["Hi Dana!"]);
});
