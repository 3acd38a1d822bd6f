import { html, raw } from "hono/html";
import type { MailSummary } from "../inbox.ts";
import { formatTime } from "./format.ts";
import { type Html, type PageFrame, page } from "./layout.ts";

/** The mails of all customers, and one of them as it looks. `open` is null when nothing is chosen. */
export function inboxPage(
  frame: PageFrame,
  inbox: {
    readonly mails: readonly MailSummary[];
    readonly open: MailSummary | null;
    readonly isBuiltIn: boolean;
  },
): Html {
  return page(
    frame,
    html`<h1>Inbox</h1>
    <p class="muted">What customers received. In a real helpdesk nobody sees these. A mail to an address that begins with
      “bounce” comes back.</p>
    ${inbox.mails.length === 0 ? emptyInbox(inbox.isBuiltIn) : mailColumns(inbox)}`,
  );
}

function emptyInbox(isBuiltIn: boolean): Html {
  return isBuiltIn
    ? html`<p class="card empty">No mail yet. <a href="/">Resolve a ticket</a>, then move the clock past the send delay.</p>`
    : html`<p class="card empty">SMTP_URL is set: mails go to that server, not here.</p>`;
}

function mailColumns(inbox: {
  readonly mails: readonly MailSummary[];
  readonly open: MailSummary | null;
}): Html {
  return html`<div class="columns mailbox">
    <nav class="card list" aria-label="Mails">${inbox.mails.map(
      (
        mail,
      ) => html`<a class="mail" href="/inbox/${mail.id}" ${mail.id === inbox.open?.id ? raw('aria-current="page"') : ""}>
        <span class="muted">${mail.recipient}</span>
        <strong dir="auto">${mail.subject}</strong>
        <time class="muted" datetime="${mail.receivedAt.toISOString()}">${formatTime(mail.receivedAt)}</time>
      </a>`,
    )}</nav>
    ${inbox.open === null ? "" : openMail(inbox.open)}
  </div>`;
}

function openMail(mail: MailSummary): Html {
  return html`<article class="card reading">
    <h2 dir="auto">${mail.subject}</h2>
    <p class="muted">From ${mail.sender}<br>To ${mail.recipient}</p>
    <iframe src="/inbox/${mail.id}/html" title="The mail as it looks" class="mail-frame"></iframe>
    <p><a href="/inbox/${mail.id}/text">Plain text</a> · <a href="/inbox/${mail.id}/raw">Source</a></p>
  </article>`;
}
