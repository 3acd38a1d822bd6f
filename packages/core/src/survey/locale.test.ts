import { describe, expect, test } from "vitest";
import { acceptedLocales, lookUpLocale, readLocale, shorterTags } from "./locale.ts";

test.each([
  ["pt_BR", "pt-BR"],
  ["de_DE", "de-DE"],
  ["ar_EG", "ar-EG"],
  ["zh_Hant_TW", "zh-Hant-TW"],
  ["de_DE.UTF-8", "de-DE"],
  ["sr_RS@latin", "sr-RS"],
  [" EN-gb ", "en-GB"],
  ["iw", "he"],
  ["", null],
  ["pt_", null],
  ["C", null],
  ["no such language", null],
  ['en"><script>', null],
  [null, null],
  [42, null],
  [["de"], null],
])("%j is the language %j", (text, tag) => {
  expect(readLocale(text)?.toString() ?? null).toBe(tag);
});

test("a tag of 35 characters is read, one of 36 is none, however it comes to that length", () => {
  const longest = `de-x-${"a".repeat(8)}-${"b".repeat(8)}-${"c".repeat(8)}-ddd`;
  expect(longest).toHaveLength(35);
  expect(readLocale(longest)?.toString()).toBe(longest);
  expect(readLocale(`${longest}d`)).toBeNull();
  // Its usual spelling begins with sr-Latn.
  expect(readLocale(`sh${longest.slice(2)}`)).toBeNull();
});

describe("looking up a language", () => {
  const known = (...tags: string[]) => [(tag: string) => tags.includes(tag)] as const;

  test("finds the first wanted one that is known, whole or shortened", () => {
    expect(lookUpLocale(["nl", "de_AT", "en"], ...known("en", "de"))).toBe("de");
    expect(lookUpLocale(["zh-Hant-TW"], ...known("zh", "zh-Hant"))).toBe("zh-Hant");
    expect(lookUpLocale(["nl"], ...known("en"))).toBeNull();
    expect(lookUpLocale([], ...known("en"))).toBeNull();
  });

  test("asks no more than ten wanted ones, and of none for what is no tag", () => {
    const asked: string[] = [];
    const ask = (tag: string) => asked.push(tag) < 0;
    const ten = ["aa", "bb", "cc", "dd", "ee", "ff", "gg", "hh", "ii", "jj"];
    expect(lookUpLocale([...ten, "de"], ask)).toBeNull();
    expect(asked).toHaveLength(10);
    expect(lookUpLocale([`tlh-x-${"a-".repeat(7_800)}a`, "!"], ask)).toBeNull();
    expect(asked).toHaveLength(10);
  });
});

test("shorter tags are made one by one, from the whole on", () => {
  expect([...shorterTags("zh-Hant-TW")]).toEqual(["zh-Hant-TW", "zh-Hant", "zh"]);
  expect([...shorterTags("")]).toEqual([]);
  expect(shorterTags("de-AT").next().value).toBe("de-AT");
});

describe("an Accept-Language header", () => {
  test.each([
    ["de, en;q=0.5", ["de", "en"]],
    ["nl;q=0.9, de-CH;q=0.8, fr;q=0.95", ["fr", "nl", "de-CH"]],
    ["de;q=0, en;q=0.000, fr", ["fr"]],
    ["en-US,en;q=0.9,*;q=0.5", ["en-US", "en"]],
    ["de ; q = 0.5 , fr ; Q=1.000", ["fr", "de"]],
    ["*", []],
    ["", []],
    [null, []],
    [";q=1,,;,de;q=none,de;q=2", []],
    ["de;level=1, fr", ["fr"]],
  ])("%j asks for %j", (header, languages) => {
    expect(acceptedLocales(header)).toEqual(languages);
  });

  test("is read no further than ten ranges, what is none among them", () => {
    expect(acceptedLocales(`${"en;q=0.1,".repeat(9)}de,fr`)).toEqual(["de", ...Array(9).fill("en")]);
    expect(acceptedLocales(`${",".repeat(10)}de`)).toEqual([]);
  });

  test("has no range longer than a tag with its weight", () => {
    expect(acceptedLocales(`tlh-x-${"a-".repeat(7_800)}a, de`)).toEqual(["de"]);
    expect(acceptedLocales(`fr${" ".repeat(60)};q=1, de`)).toEqual(["de"]);
    expect(acceptedLocales(`fr;q=0.${"9".repeat(60)}, de`)).toEqual(["de"]);
  });
});
