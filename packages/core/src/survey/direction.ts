/** Which way text runs. */
export type Direction = "ltr" | "rtl";

/**
 * ISO 15924 codes of the scripts that run from right to left. Of those in use today the letters stand below; the last
 * two lines are scripts of the past, and of those that older runtimes have no letters for.
 */
const scripts: ReadonlySet<string> = new Set(
  [
    "Adlm Arab Aran Hebr Mand Nkoo Rohg Samr Syrc Syre Syrj Syrn Thaa Yezi",
    "Armi Avst Chrs Cprt Elym Gara Hatr Hung Khar Lydi Mani Mend Merc Mero Narb Nbat Orkh Ougr",
    "Palm Phli Phlp Phnx Prti Sarb Sogd Sogo Todr",
  ].flatMap((line) => line.split(" ")),
);
const letter =
  /[\p{Script=Adlam}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Mandaic}\p{Script=Nko}\p{Script=Hanifi_Rohingya}\p{Script=Samaritan}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Yezidi}]/u;
const otherLetter = new RegExp(`(?!${letter.source})\\p{L}`, "u");

/**
 * The direction of a language. Its script decides, the usual one where the tag names none: Kurdish in Turkey is written
 * in Latin letters (`ku`), in Iraq in Arabic ones (`ku-IQ`, `ku-Arab`).
 */
export function directionOfLocale(locale: Intl.Locale): Direction {
  // Not `textInfo`: Node 20 answers "ltr" there for dv, az-Arab and ku-Arab, whose script it knows.
  return scripts.has(locale.maximize().script ?? "") ? "rtl" : "ltr";
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
