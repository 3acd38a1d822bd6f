import type { ExportedResponse, LowRatingCard, Rating } from "@csat/core";
import { backWith, excludeForm } from "../exclude-form.ts";
import { type Html, html, nothing } from "../html.ts";
import { pageAt } from "../page-at.ts";
import type { Wording } from "../texts/wording.ts";
import { ticketNamed } from "../ticket-named.ts";
import type { ViewContext } from "../view-context.ts";
import { ago } from "./words.ts";

/** Answers to follow up, with their tickets as the host knows them now. */
export function lowRatingList(
  cards: readonly LowRatingCard[],
  mayExclude: boolean,
  context: ViewContext,
): Html {
  const { wording } = context;
  const rows = cards.map((card) =>
    answerOf(card.response, ticketOf(card, wording, context), mayExclude, context),
  );
  return html`<ul class="answers">${rows}</ul>`;
}

/** Single answers to tickets of whoever reads them. */
export function ownResponseList(rows: readonly ExportedResponse[], context: ViewContext): Html {
  const answers = rows.map((row) => answerOf(row, ticketNamed(row.ticketId, context), false, context));
  return html`<ul class="answers">${answers}</ul>`;
}

/** Single answers with whoever resolved their tickets first. */
export function responseList(
  rows: readonly ExportedResponse[],
  mayExclude: boolean,
  context: ViewContext,
): Html {
  const { wording } = context;
  const answers = rows.map((row) => {
    const who =
      row.resolvedBy === null
        ? html`<span>${wording.say("resolvedByNobody")}</span>`
        : html`<span>${wording.put("resolvedBy", { name: html`<bdi>${row.resolvedByName ?? row.resolvedBy}</bdi>` })}</span>`;
    return answerOf(row, html`${ticketNamed(row.ticketId, context)} ${who}`, mayExclude, context);
  });
  return html`<ul class="answers">${answers}</ul>`;
}

interface Answer {
  readonly ticketId: string;
  readonly rating: Rating;
  readonly comment: string | null;
  readonly respondedAt: Date;
}

function answerOf(
  { ticketId, rating, comment, respondedAt }: Answer,
  facts: Html,
  mayExclude: boolean,
  context: ViewContext,
): Html {
  const { now, url, wording } = context;
  const said =
    comment === null
      ? html`<p class="quiet">${wording.say("noComment")}</p>`
      : html`<blockquote class="comment" dir="auto">${comment}</blockquote>`;
  const when = ago(respondedAt, {
    distance: wording.distance(now, respondedAt),
    exact: wording.time(respondedAt),
  });
  return html`<li><p class="score edge-${rating}"><span class="unseen">${wording.say("rated")} </span>${wording.count(rating)}<span class="quiet">/${wording.count(5)}</span></p>
<div>${said}<p class="facts small quiet">${facts} ${when}</p>${mayExclude ? excludeForm(ticketId, backWith("excluded", ticketId, url), context) : nothing}</div></li>
`;
}

function ticketOf(
  { subject, url, assignee, response }: LowRatingCard,
  wording: Wording,
  context: ViewContext,
): Html {
  const name =
    subject === null || subject === "" ? wording.put("ticket", { id: response.ticketId }) : html`${subject}`;
  const page = pageAt(url, context.url);
  const ticket =
    page === null
      ? html`<bdi>${name}</bdi>`
      : html`<a href="${page}"><bdi>${name}</bdi> <span class="arrow" aria-hidden="true">→</span></a>`;
  if (assignee !== null)
    return html`<span>${ticket}</span> <span>${wording.put("assignedTo", { name: html`<bdi>${assignee.name === "" ? assignee.id : assignee.name}</bdi>` })}</span>`;
  return html`<span>${ticket}</span> ${subject === null ? nothing : html`<span>${wording.say("assignedToNobody")}</span>`}`;
}
