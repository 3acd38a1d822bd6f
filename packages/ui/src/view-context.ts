/** What every view needs beside its data. */
export interface ViewContext {
  /** BCP 47 tag that numbers and dates are written in. */
  readonly locale: string;
  /** For "in 23 h" and "2 h ago". */
  readonly now: Date;
  /** Path of the routes that the view links to and posts to, without a trailing slash: `/csat/api`. */
  readonly apiPath: string;
  /** The address that was asked for: the view's own filters stand in its query. */
  readonly url: URL;
  /** Where a form leads back to when it was taken, as the routes' `return` field wants it; null leads to the view itself. */
  readonly returnPath: string | null;
}
