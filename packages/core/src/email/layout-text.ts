import { type Rating, ratings } from "../survey/response.ts";

/** What the plain-text part says. */
export interface TextFacts {
  readonly intro: string;
  readonly ratingNames: Readonly<Record<Rating, string>>;
  readonly links: Readonly<Record<Rating, string>>;
  readonly footer: string;
}

/** The text/plain part of a survey mail: the intro, a line with a link per rating, the footer (S37). */
export function layoutText({ intro, ratingNames, links, footer }: TextFacts): string {
  // The link ends its line: mail programs take a full stop or a bracket after it for a part of it.
  const lines = ratings.map((rating) => `${rating} – ${ratingNames[rating]}: ${links[rating]}`);
  return `${intro}\n\n${lines.join("\n")}\n\n${footer}\n`;
}
