import type { EmailTexts, NamingText } from "./email-texts.ts";
import { arabicTexts } from "./languages/arabic.ts";
import { englishTexts } from "./languages/english.ts";
import { frenchTexts } from "./languages/french.ts";
import { germanTexts } from "./languages/german.ts";
import { japaneseTexts } from "./languages/japanese.ts";
import { portugueseTexts } from "./languages/portuguese.ts";
import { spanishTexts } from "./languages/spanish.ts";
import { type EmailFacts, isFilled } from "./variables.ts";

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

/** Templates for what an admin left blank, and for the footer, which no admin writes. */
export interface DefaultTemplates {
  readonly subject: string;
  /** Plain text; a blank line parts paragraphs. */
  readonly bodyIntro: string;
  readonly footer: string;
}

/** What we say of these facts: a sentence whose name is blank gives way to one that needs none (S32). */
export function defaultTemplates(
  texts: EmailTexts,
  facts: Pick<EmailFacts, "customerName" | "ticketSubject" | "workspaceName">,
): DefaultTemplates {
  const say = (text: NamingText, name: unknown) => (isFilled(name) ? text.named : text.nameless);
  const { customerName, ticketSubject, workspaceName } = facts;
  const sentences = (...all: readonly string[]) => all.join(texts.sentenceGap);
  const intro = sentences(say(texts.resolved, ticketSubject), texts.question);
  return {
    subject: say(texts.subject, ticketSubject),
    bodyIntro: `${say(texts.greeting, customerName)}\n\n${intro}`,
    footer: sentences(say(texts.about, ticketSubject), say(texts.reason, workspaceName)),
  };
}

const named = { customerName: "named", ticketSubject: "named", workspaceName: "named" };
const { subject, bodyIntro } = defaultTemplates(englishTexts, named);

/**
 * What stands where an admin wrote nothing, with its placeholders, in English. Customers of another language that
 * `emailTexts` has get it in theirs, and what is blank is left out of it.
 */
export const defaultTexts: { readonly subject: string; readonly bodyIntro: string } = { subject, bodyIntro };
