import type { Direction } from "../survey/direction.ts";

/** One of the five links, as a button. */
export interface RatingButton {
  /** "1" to "5". */
  readonly number: string;
  readonly url: string;
  /** What a screen reader says. */
  readonly label: string;
  /** Background as `#rrggbb`. */
  readonly color: string;
  /** Colour of the number upon it, as `#rrggbb`. */
  readonly ink: string;
}

/** What the HTML layout shows. Plain text, which the layout escapes; the two named …Html are HTML already. */
export interface LayoutFacts {
  /** Language and direction of the mail. */
  readonly lang: string;
  readonly dir: Direction;
  /** The sides where a line starts and ends. */
  readonly start: "left" | "right";
  readonly end: "left" | "right";
  /** Language and direction of our own sentences, which may be others than the mail's. */
  readonly textsLang: string;
  readonly textsDir: Direction;
  readonly subject: string;
  readonly preheader: string;
  /** As `#rrggbb`. */
  readonly accentColor: string;
  /** Data URI, or `cid:` and a content id; null for none. */
  readonly logo: string | null;
  readonly workspaceName: string;
  readonly introHtml: string;
  /** Lowest first. */
  readonly buttons: readonly RatingButton[];
  readonly lowestName: string;
  readonly highestName: string;
  readonly confirmHint: string;
  readonly footerHtml: string;
  /** The words of the link for opting out, and where it leads. */
  readonly optOut: string;
  readonly optOutUrl: string;
}
