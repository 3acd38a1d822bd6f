import { cutText } from "@csat/core";
import { html } from "hono/html";
import type { Html, Look, PageContent } from "./layout.ts";
import { fillText, type PageTexts } from "./texts.ts";

/** After a stored answer: the rating, and the comment as it was written. */
export function thanksPage(
  look: Look,
  answer: { readonly rating: number; readonly comment: string | null },
): PageContent {
  const { texts } = look.locale;
  const comment =
    answer.comment === null
      ? ""
      : html`
<h2 class="unseen">${texts.yourComment}</h2>
<blockquote dir="auto">${answer.comment}</blockquote>`;
  return notice(look, fillText(texts.thanks, { rating: `${answer.rating}` }), comment);
}

/** For a survey that was answered before, whether it is looked at or answered again; `respondedAt` is null when unknown. */
export function recordedPage(look: Look, respondedAt: Date | null): PageContent {
  const { tag, texts } = look.locale;
  const received =
    respondedAt === null ? "" : `${fillText(texts.recordedOn, { date: dayOf(respondedAt, tag) })} `;
  return notice(
    look,
    texts.alreadyRecorded,
    html`
<p>${received}${texts.firstAnswerStands}</p>`,
  );
}

/** For a survey whose links have ended; `expiredAt` is null when unknown. */
export function expiredPage(look: Look, expiredAt: Date | null): PageContent {
  const { tag, texts } = look.locale;
  const ended = expiredAt === null ? "" : `${fillText(texts.expiredOn, { date: dayOf(expiredAt, tag) })} `;
  return notice(
    look,
    texts.expired,
    html`
<p>${ended}${texts.expiredThanks}</p>`,
  );
}

// In which zone the customer is nobody knows: their own day may be the one before or after, so its zone is said.
function dayOf(time: Date, tag: string): string {
  return `${time.toLocaleDateString(tag, { dateStyle: "long", timeZone: "UTC" })} (UTC)`;
}

/** For links that lead nowhere. */
export function unknownLinkPage(look: Look): PageContent {
  return notice(
    look,
    look.locale.texts.unknownLink,
    html`
<p>${look.locale.texts.unknownLinkAdvice}</p>`,
  );
}

/** For refusals that pass by themselves; `query` is kept in the link that tries again. */
export function tryAgainPage(
  look: Look,
  said: { readonly what: keyof PageTexts; readonly advice: keyof PageTexts; readonly query: string },
): PageContent {
  const { texts } = look.locale;
  return notice(
    look,
    texts[said.what],
    html`
<p>${texts[said.advice]}</p>
<a class="button" href="?${said.query}">${texts.tryAgain}</a>`,
  );
}

function notice(look: Look, sentence: string, rest: Html | ""): PageContent {
  return { look, title: cutText({ text: sentence, maxLength: 80 }), card: html`<h1>${sentence}</h1>${rest}` };
}
