import { type Html, html } from "./html.ts";
import type { ViewContext } from "./view-context.ts";

/** A refusal, as the routes tell it. */
export interface Refusal {
  readonly error: { readonly code: string; readonly message: string };
}

/** What happened in one sentence, and the way to try again. */
export function errorView({ error }: Refusal, { url }: ViewContext): Html {
  return html`<section class="csat" data-csat-view="error"><div class="card">
<h1>That did not work</h1>
<p role="alert">${error.message}</p>
<p><a class="button" href="${url.pathname}${url.search}">Try again</a></p>
</div></section>`;
}
