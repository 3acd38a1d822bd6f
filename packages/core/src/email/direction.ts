/** Which way text runs. */
export type Direction = "ltr" | "rtl";

/** ISO 15924 codes of the scripts in use today that run from right to left; the letters below are theirs. */
const scripts: ReadonlySet<string> = new Set(
  "Adlm Arab Aran Hebr Mand Nkoo Rohg Samr Syrc Thaa Yezi".split(" "),
);
const letter =
  /[\p{Script=Adlam}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Mandaic}\p{Script=Nko}\p{Script=Hanifi_Rohingya}\p{Script=Samaritan}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Yezidi}]/u;
const otherLetter = new RegExp(`(?!${letter.source})\\p{L}`, "u");

/** The direction of a language. Its script decides: Azeri is written in Latin letters and in Arabic ones. */
export function directionOfLocale(tag: Intl.Locale): Direction {
  return scripts.has(tag.maximize().script ?? "") ? "rtl" : "ltr";
}

/** The direction of the first letter; null for a text without letters. */
export function directionOfText(text: string): Direction | null {
  const first = /\p{L}/u.exec(text);
  if (first === null) return null;
  return letter.test(first[0]) ? "rtl" : "ltr";
}

/** True when a letter of `text` runs against `direction`: unless set apart, it drags punctuation beside it along. */
export function runsAgainst(direction: Direction, text: string): boolean {
  return (direction === "ltr" ? letter : otherLetter).test(text);
}
