import { type EmailParts, type RenderedEmail, renderEmail } from "../src/email/render-email.ts";
import type { EmailFacts } from "../src/email/variables.ts";
import { mailLinks } from "../src/survey/links.ts";

/** What a test says about its mail; the rest is sample values. */
export interface EmailWishes extends Partial<EmailFacts> {
  readonly subject?: string | null;
  readonly bodyIntro?: string | null;
  readonly theme?: EmailParts["theme"];
  readonly publicUrl?: string;
  readonly texts?: EmailParts["texts"];
}

/** A token of the right form, always the same. */
export const sampleToken = "abcdefghijkmnpqrstuvwxyz23";

/** The same for the link for opting out. */
export const sampleOptOutToken = "234zyxwvutsrqpnmkjihgfedcb";

/** A rendered mail about Dana's printer. */
export function anEmail({
  subject,
  bodyIntro,
  theme,
  publicUrl,
  texts,
  ...facts
}: EmailWishes = {}): RenderedEmail {
  return renderEmail({
    settings: { subject: subject ?? null, bodyIntro: bodyIntro ?? null },
    facts: {
      customerName: "Dana",
      ticketSubject: "Printer on fire",
      workspaceName: "Acme",
      operatorName: "Carol",
      locale: null,
      ...facts,
    },
    links: mailLinks({
      publicUrl: publicUrl ?? "https://help.example.com/csat",
      token: sampleToken,
      optOutToken: sampleOptOutToken,
      locale: facts.locale ?? null,
    }),
    theme: theme ?? null,
    ...(texts === undefined ? {} : { texts }),
  });
}

/** The intro's paragraphs as HTML, their line breaks included. */
export function introOf({ html }: RenderedEmail): readonly string[] {
  return Array.from(html.matchAll(/<p dir="[a-z]+"[^>]*>(.*?)<\/p>/gs), (match) => match[1] ?? "");
}

/** Where the mail's links lead, in the order of the document, with the attribute's escapes undone. */
export function linksOf({ html }: RenderedEmail): readonly string[] {
  return Array.from(html.matchAll(/<a href="([^"]*)"/g), (match) =>
    (match[1] ?? "").replaceAll("&amp;", "&"),
  );
}
