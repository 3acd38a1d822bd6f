import type { Theme } from "../options.ts";
import { oneLine } from "../survey/clean-text.ts";
import { type Rating, ratings } from "../survey/response.ts";
import type { WorkspaceSettings } from "../survey/settings.ts";
import { emailTexts } from "./default-texts.ts";
import { escapeHtml } from "./escape-html.ts";
import { fillPlaceholders } from "./placeholders.ts";
import { type EmailFacts, emailVariables } from "./variables.ts";

/** All that a mail is made of. */
export interface EmailParts {
  readonly settings: Pick<WorkspaceSettings, "subject" | "bodyIntro">;
  readonly facts: EmailFacts;
  readonly links: Readonly<Record<Rating, string>>;
  /** Null for the standard look. */
  readonly theme: Theme | null;
}

/** A mail's content. */
export interface RenderedEmail {
  /** One line without control characters, not HTML-escaped. */
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/** The mail to one customer, from an admin's templates or the defaults where those are blank (S31). */
export function renderEmail({ settings, facts, links }: EmailParts): RenderedEmail {
  const texts = emailTexts.en;
  const values = emailVariables({ facts, texts });
  const subject = settings.subject?.trim() ? settings.subject : texts.subject;
  const intro = settings.bodyIntro?.trim() ? settings.bodyIntro : texts.bodyIntro;
  const plain = (template: string) => fillPlaceholders({ template, values, escape: (value) => value });
  const buttons = ratings.map((rating) => `<a href="${escapeHtml(links[rating])}">${rating}</a>`).join(" ");
  const lines = ratings.map((rating) => `${rating} – ${texts.ratingNames[rating]}: ${links[rating]}`);
  return {
    subject: oneLine(plain(subject)),
    html: `<p>${escapeHtml(plain(intro)).replaceAll("\n", "<br>")}</p><p>${buttons}</p>`,
    text: `${plain(intro)}\n\n${lines.join("\n")}\n\n${plain(texts.footer)}\n`,
  };
}
