import type { MailLinks } from "../survey/links.ts";
import { type Rating, ratings } from "../survey/response.ts";

/** What the plain-text part says. */
export interface TextFacts {
  readonly intro: string;
  readonly ratingNames: Readonly<Record<Rating, string>>;
  readonly links: MailLinks;
  readonly footer: string;
  /** What stands before the link for opting out. */
  readonly optOut: string;
}

/** The text/plain part of a survey mail: the intro, a line with a link per rating, the footer (S37), the link for opting out (S70). */
export function layoutText({ intro, ratingNames, links, footer, optOut }: TextFacts): string {
  // The link ends its line: mail programs take a full stop or a bracket after it for a part of it.
  const lines = ratings.map((rating) => `${rating} – ${ratingNames[rating]}: ${links[rating]}`);
  return `${intro}\n\n${lines.join("\n")}\n\n${footer}\n${optOut}: ${links.optOut}\n`;
}
