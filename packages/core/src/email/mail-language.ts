import { type Direction, directionOfLocale } from "../survey/direction.ts";
import { lookUpLocale, readLocale } from "../survey/locale.ts";
import type { EmailTexts } from "./email-texts.ts";
import { type AllEmailTexts, allEmailTexts } from "./given-texts.ts";
import { englishTexts } from "./languages/english.ts";

/** In which language a mail is written, and which way it runs. */
export interface MailLanguage {
  /** BCP 47 tag for `lang`. */
  readonly lang: string;
  readonly dir: Direction;
  /** The sides where a line starts and ends: mail programs know no logical ones. */
  readonly start: "left" | "right";
  readonly end: "left" | "right";
  /** Our own sentences: in the mail's language where we have it, else in English. */
  readonly texts: EmailTexts;
  /** What `texts` are really in, and how that runs. */
  readonly textsLang: string;
  readonly textsDir: Direction;
}

const english = "en";
const ours = allEmailTexts({});

/** The language of one customer's mail. Null and what `readLocale` does not take count as English. */
export function mailLanguage(locale: string | null, all: AllEmailTexts = ours): MailLanguage {
  const tag = readLocale(locale) ?? new Intl.Locale(english);
  const textsLang = lookUpLocale([tag.toString()], (known) => all.has(known)) ?? english;
  const dir = directionOfLocale(tag);
  return {
    lang: tag.toString(),
    dir,
    start: dir === "ltr" ? "left" : "right",
    end: dir === "ltr" ? "right" : "left",
    texts: all.get(textsLang) ?? englishTexts,
    textsLang,
    textsDir: directionOfLocale(new Intl.Locale(textsLang)),
  };
}
