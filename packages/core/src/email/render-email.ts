import type { InlineImage } from "../ports/mailer.ts";
import { isBlank, manyLines, oneLine } from "../survey/clean-text.ts";
import type { MailLinks } from "../survey/links.ts";
import { ratings } from "../survey/response.ts";
import type { WorkspaceSettings } from "../survey/settings.ts";
import { type Theme, usableTheme } from "../survey/theme.ts";
import { defaultTemplates } from "./default-texts.ts";
import type { EmailTexts } from "./email-texts.ts";
import { layoutHtml } from "./generated/layout-html.ts";
import type { AllEmailTexts } from "./given-texts.ts";
import { paragraphsHtml, phraseHtml } from "./html-content.ts";
import type { RatingButton } from "./layout-facts.ts";
import { layoutText } from "./layout-text.ts";
import { mailLanguage } from "./mail-language.ts";
import { fillPlaceholders } from "./placeholders.ts";
import { scaleColors } from "./scale-colors.ts";
import { type EmailFacts, emailVariables } from "./variables.ts";

/** All that a mail is made of. */
export interface EmailParts {
  readonly settings: Pick<WorkspaceSettings, "subject" | "bodyIntro">;
  readonly facts: EmailFacts;
  readonly links: MailLinks;
  /** Null, or anything that is no theme, for the standard look. */
  readonly theme: Theme | null;
  /** Ours alone when left out. */
  readonly texts?: AllEmailTexts;
}

/** A mail's content, its logo as a data URI. */
export interface RenderedEmail {
  /** One line without control characters, not HTML-escaped. */
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/** The mail to one customer, from the admin's two templates or, where one is blank, from ours (S31). Never throws. */
export function renderEmail(parts: EmailParts): RenderedEmail {
  return render(parts, usableTheme(parts.theme).logo);
}

function render(
  { settings, facts, links, theme, texts: all }: EmailParts,
  logo: string | null,
): RenderedEmail {
  const language = mailLanguage(facts.locale, all);
  const { texts } = language;
  const defaults = defaultTemplates(texts, facts);
  const values = emailVariables({ facts, fallbacks: texts.fallbacks });
  const inText = (template: string) => fillPlaceholders({ template, values, escape: (value) => value });

  const subject = oneLine(inText(written(settings.subject) ?? defaults.subject));
  const intro = manyLines(written(settings.bodyIntro) ?? defaults.bodyIntro);
  const html = layoutHtml({
    ...language,
    accentColor: usableTheme(theme).accentColor,
    logo,
    subject,
    preheader: texts.preheader,
    workspaceName: values.workspace_name,
    introHtml: paragraphsHtml({ template: intro, values, direction: language.dir }),
    buttons: ratingButtons(texts, links),
    lowestName: texts.ratingNames[1],
    highestName: texts.ratingNames[5],
    confirmHint: texts.confirmHint,
    footerHtml: phraseHtml({ template: defaults.footer, values, direction: language.textsDir }),
    optOut: texts.optOut,
    optOutUrl: links.optOut,
  });
  return {
    subject,
    html,
    text: layoutText({ ...texts, intro: inText(intro), links, footer: inText(defaults.footer) }),
  };
}

/** The same mail with its logo as a part of its own, which `html` names by content id. */
export interface RenderedWithParts extends RenderedEmail {
  readonly inline?: readonly InlineImage[];
}

/** `renderEmail` for a mail that is sent: a logo stands in `inline`. Never throws. */
export function renderWithParts(parts: EmailParts): RenderedWithParts {
  const { logo } = usableTheme(parts.theme);
  const [, contentType, base64] = /^data:(image\/[a-z+]+);base64,(.+)$/is.exec(logo ?? "") ?? [];
  if (contentType === undefined || base64 === undefined) return renderEmail(parts);
  const inline = [{ contentId, contentType: contentType.toLowerCase(), base64 }];
  return { ...render(parts, `cid:${contentId}`), inline };
}

// The same in every mail: it is unique within one, which is all that is asked of it.
const contentId = "logo@csat";

/** What an admin wrote; null when that is nothing. `??` alone would take an empty string for a template. */
function written(template: string | null): string | null {
  return template === null || isBlank(template) ? null : template;
}

function ratingButtons({ buttonLabel }: EmailTexts, links: MailLinks): readonly RatingButton[] {
  return ratings.map((rating) => ({
    number: `${rating}`,
    url: links[rating],
    label: buttonLabel.replaceAll("{rating}", `${rating}`),
    ...scaleColors[rating],
  }));
}
