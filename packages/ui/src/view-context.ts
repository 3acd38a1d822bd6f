import type { Wording } from "./texts/wording.ts";

/** What every view needs beside its data. */
export interface ViewContext {
  /** Numbers, dates and sentences of the viewer. */
  readonly wording: Wording;
  /** For "in 23 h" and "2 h ago". */
  readonly now: Date;
  /** Path of the routes that the view links to and posts to, without a trailing slash: `/csat/api`. */
  readonly apiPath: string;
  /** The address that was asked for: the view's own filters stand in its query. */
  readonly url: URL;
  /** GET for a view that was asked for; POST for one that answers a form. */
  readonly method: string;
  /** True inside `<csat-view>`, where script always runs and the host's policy may forbid frames with an address. */
  readonly isEmbedded: boolean;
  /** The page of a ticket; null when there is none. */
  ticketUrl(ticketId: string): string | null;
}
