import { expect, test } from "vitest";
import { directionOfLocale } from "./direction.ts";

test.each([
  // The usual script of a language.
  ["ar", "rtl"],
  ["ckb", "rtl"],
  ["dv", "rtl"],
  ["fa-IR", "rtl"],
  ["he", "rtl"],
  ["ks", "rtl"],
  ["nqo", "rtl"],
  ["ps", "rtl"],
  ["rhg", "rtl"],
  ["sd", "rtl"],
  ["syr", "rtl"],
  ["ug", "rtl"],
  ["ur", "rtl"],
  ["yi", "rtl"],
  ["az", "ltr"],
  ["en", "ltr"],
  ["ku", "ltr"],
  ["ms", "ltr"],
  ["pa", "ltr"],
  ["tlh", "ltr"],
  // The usual script of a country.
  ["az-IR", "rtl"],
  ["ku-IQ", "rtl"],
  ["pa-PK", "rtl"],
  ["uz-AF", "rtl"],
  // The script that a tag names.
  ["az-Arab", "rtl"],
  ["ff-Adlm", "rtl"],
  ["ku-Arab", "rtl"],
  ["ms-Arab", "rtl"],
  ["pa-Arab", "rtl"],
  ["und-Arab", "rtl"],
  ["ur-Aran", "rtl"],
  ["ar-Latn", "ltr"],
  ["he-Latn", "ltr"],
  ["ks-Deva", "ltr"],
  ["sd-Deva", "ltr"],
  ["ug-Cyrl", "ltr"],
])("%s runs %s", (tag, direction) => {
  expect(directionOfLocale(new Intl.Locale(tag))).toBe(direction);
});
