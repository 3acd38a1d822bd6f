import { type Html, html } from "./html.ts";
import { pageAt } from "./page-at.ts";
import type { ViewContext } from "./view-context.ts";

/** A ticket by its id, as a link where the host has a page for it. */
export function ticketNamed(ticketId: string, { ticketUrl, url, wording }: ViewContext): Html {
  const page = pageAt(ticketUrl(ticketId), url);
  const name = wording.put("ticket", { id: html`<bdi>${ticketId}</bdi>` });
  return page === null ? html`<span>${name}</span>` : html`<a href="${page}">${name}</a>`;
}
