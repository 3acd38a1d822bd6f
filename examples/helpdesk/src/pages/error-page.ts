import { html } from "hono/html";
import { type Html, type PageFrame, page } from "./layout.ts";

/** One sentence and a way on. */
export function errorPage(frame: PageFrame, message: string): Html {
  return page(
    frame,
    html`<section class="card narrow">
      <h1>${frame.title}</h1>
      <p>${message}</p>
      <p><a href="/">Back to the tickets</a></p>
    </section>`,
  );
}
