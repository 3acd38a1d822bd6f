import type { ExportedResponse, LowRatingCard, Rating } from "@csat/core";
import type { Formats } from "../format.ts";
import { type Html, html, nothing } from "../html.ts";
import { pageAt } from "../page-at.ts";
import { ticketNamed } from "../ticket-named.ts";
import type { ViewContext } from "../view-context.ts";
import { ago } from "./words.ts";

/** Answers to follow up, with their tickets as the host knows them now. */
export function lowRatingList(cards: readonly LowRatingCard[], formats: Formats, context: ViewContext): Html {
  const rows = cards.map((card) => answerOf(card.response, ticketOf(card, context), formats, context));
  return html`<ul class="answers">${rows}</ul>`;
}

/** Single answers with whoever resolved their tickets first. */
export function responseList(
  rows: readonly ExportedResponse[],
  formats: Formats,
  context: ViewContext,
): Html {
  const answers = rows.map((row) => {
    const who =
      row.resolvedBy === null
        ? html`<span>unattributed</span>`
        : html`<span>resolved by <bdi>${row.resolvedByName ?? row.resolvedBy}</bdi></span>`;
    return answerOf(row, html`${ticketNamed(row.ticketId, context)} ${who}`, formats, context);
  });
  return html`<ul class="answers">${answers}</ul>`;
}

interface Answer {
  readonly rating: Rating;
  readonly comment: string | null;
  readonly respondedAt: Date;
}

function answerOf(
  { rating, comment, respondedAt }: Answer,
  facts: Html,
  formats: Formats,
  { now }: ViewContext,
): Html {
  const said =
    comment === null
      ? html`<p class="quiet">No comment</p>`
      : html`<blockquote class="comment" dir="auto">${comment}</blockquote>`;
  const when = ago(respondedAt, {
    distance: formats.distance(now, respondedAt),
    exact: formats.time(respondedAt),
  });
  return html`<li><p class="score edge-${rating}"><span class="unseen">Rated </span>${formats.count(rating)}<span class="quiet">/${formats.count(5)}</span></p>
<div>${said}<p class="facts small quiet">${facts} ${when}</p></div></li>
`;
}

function ticketOf({ subject, url, assignee, response }: LowRatingCard, context: ViewContext): Html {
  const name = subject === null || subject === "" ? html`ticket ${response.ticketId}` : html`${subject}`;
  const page = pageAt(url, context.url);
  const ticket =
    page === null
      ? html`<bdi>${name}</bdi>`
      : html`<a href="${page}"><bdi>${name}</bdi> <span aria-hidden="true">→</span></a>`;
  if (assignee !== null)
    return html`<span>${ticket}</span> <span>assigned to <bdi>${assignee.name === "" ? assignee.id : assignee.name}</bdi></span>`;
  return html`<span>${ticket}</span> ${subject === null ? nothing : html`<span>assigned to nobody</span>`}`;
}
