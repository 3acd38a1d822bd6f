import { cutText, isBlank, type Rating, ratings } from "@csat/core";
import { html } from "hono/html";
import type { Typed } from "../parse-answer.ts";
import { commentCounter } from "./comment-counter.ts";
import type { Html, Look, PageContent } from "./layout.ts";
import { setApart } from "./set-apart.ts";
import type { PageTexts } from "./texts.ts";

/** What must be corrected: keys of the texts, per field, and one for the whole form. */
export interface FormErrors {
  readonly form?: keyof PageTexts;
  readonly rating?: keyof PageTexts;
  readonly comment?: keyof PageTexts;
}

/** The open survey. */
export interface SurveyForm {
  readonly look: Look;
  /** Blank or null: the question names no ticket. */
  readonly ticketSubject: string | null;
  readonly typed: Typed;
  /** Most code points of a comment; null when it is not known, which leaves out the counter. */
  readonly maxCommentLength: number | null;
  readonly errors: FormErrors;
}

/** The form, with what was chosen in the mail or typed before. A choice is only shown; the customer still has to send it. */
export function surveyForm(form: SurveyForm): PageContent {
  const { look, ticketSubject, typed, maxCommentLength: limit, errors } = form;
  const { texts } = look.locale;
  const counter = limit === null ? null : commentCounter({ limit, text: texts.charactersLeft });
  const isWrong = Object.keys(errors).length > 0;
  // "?" is this very address without its query: right under every mount, prefix or proxy.
  const card = html`${wrong(texts, "form", errors.form)}<form method="post" action="?">
<fieldset${described("rating", errors.rating)}>
<legend><h1>${question(texts, ticketSubject)}</h1></legend>
<div class="scale">
${ratings.map((rating) => tile(texts, rating, typed.rating, errors.rating !== undefined))}</div>
<div class="ends" aria-hidden="true"><span>${texts.lowest}</span><span>${texts.highest}</span></div>
${wrong(texts, "rating", errors.rating)}</fieldset>
<label for="comment">${texts.commentLabel} <span class="quiet">${texts.optional}</span></label>
<textarea id="comment" name="comment" rows="3" dir="auto"${described("comment", errors.comment)}${
    errors.comment === undefined ? "" : html` autofocus`
  }>
${typed.comment}</textarea>
${counter?.place ?? ""}${wrong(texts, "comment", errors.comment)}<button type="submit">${texts.send}</button>
</form>${counter?.script ?? ""}`;
  return { look, title: isWrong ? `${texts.correct} – ${texts.documentTitle}` : texts.documentTitle, card };
}

function question(texts: PageTexts, subject: string | null): Html {
  const shown = cutText({ text: (subject ?? "").trim(), maxLength: 150 });
  if (isBlank(shown)) return html`${texts.questionWithoutSubject}`;
  return setApart({ text: texts.question, placeholder: "{subject}", value: shown });
}

function tile(texts: PageTexts, rating: Rating, chosen: Rating | null, isWrong: boolean): Html {
  const checked = rating === chosen ? html` checked` : "";
  const focused = isWrong && rating === 1 ? html` autofocus` : "";
  return html`<label class="tile"><input type="radio" name="rating" value="${rating}" required${checked}${focused}><span>${rating}</span>${end(texts, rating)}</label>
`;
}

// Seen, the ends are labelled below the row; heard, they belong to their numbers.
function end(texts: PageTexts, rating: Rating): Html | "" {
  if (rating !== 1 && rating !== 5) return "";
  return html`<span class="unseen">, ${rating === 1 ? texts.lowest : texts.highest}</span>`;
}

function wrong(texts: PageTexts, field: string, key: keyof PageTexts | undefined): Html | "" {
  if (key === undefined) return "";
  return html`<p class="wrong" id="${field}-wrong" role="alert">${texts[key]}</p>
`;
}

function described(field: string, key: keyof PageTexts | undefined): Html | "" {
  return key === undefined ? "" : html` aria-invalid="true" aria-describedby="${field}-wrong"`;
}
