import { html } from "hono/html";
import { type Html, type PageFrame, page } from "./layout.ts";

/** The form that stands for a customer's first message. */
export function newTicketPage(frame: PageFrame): Html {
  return page(
    frame,
    html`<h1>New ticket</h1>
    <form method="post" action="/tickets" class="card narrow stack">
      <label>Subject <input name="subject" required maxlength="500"></label>
      <label>Customer's name <span class="muted">(may stay empty)</span> <input name="name" maxlength="200" autocomplete="off"></label>
      <label>Customer's address <span class="muted">(may stay empty: no survey then)</span>
        <input name="email" maxlength="320" autocomplete="off" inputmode="email"></label>
      <div class="actions"><button class="primary">Open ticket</button></div>
    </form>`,
  );
}
