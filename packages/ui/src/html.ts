import { html } from "hono/html";

export { html, raw } from "hono/html";

/** A piece of a page; whatever was put into it is escaped. */
export type Html = ReturnType<typeof html>;

/** Nothing, where a piece of a page may be left out. */
export const nothing: Html = html``;

/** The piece as text. Pieces of views hold no promises. */
export async function toText(piece: Html): Promise<string> {
  return String(await piece);
}
