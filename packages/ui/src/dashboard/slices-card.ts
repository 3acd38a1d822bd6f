import type { Metrics, SliceFigures, SliceGroup } from "@csat/core";
import { type Html, html, nothing } from "../html.ts";
import type { Wording } from "../texts/wording.ts";
import type { ViewContext } from "../view-context.ts";
import { hidden } from "./header.ts";
import { address, type Selection, whereIs } from "./selection.ts";
import { type Compared, howCompared, orderInWords, standingsTable } from "./standings.ts";
import { attributeInWords } from "./words.ts";

/**
 * The attributes that figures can be cut by, to choose one of, and the values of the one chosen side by side. Nothing where
 * there are none to choose from, and where one value is shown alone. The form works without script.
 */
export function slicesCard(
  { bySlice }: Pick<Metrics, "bySlice">,
  slicedBy: readonly string[],
  selection: Selection,
  wording: Wording,
  context: ViewContext,
): Html {
  if (slicedBy.length === 0 || selection.where.length > 0) return nothing;
  const title = wording.say("byAttribute");
  return html`<section class="card"><div class="title"><h2>${title}</h2>
${picker(bySlice?.attribute ?? null, slicedBy, selection, wording, context)}</div>
${bySlice === null ? nothing : values(bySlice, selection, wording, context)}</section>
`;
}

function picker(
  chosen: string | null,
  slicedBy: readonly string[],
  { range, filter }: Selection,
  wording: Wording,
  { apiPath }: ViewContext,
): Html {
  const options = slicedBy.map(
    (name) =>
      html`<option value="${name}"${name === chosen ? html` selected` : nothing}>${attributeInWords(name)}</option>`,
  );
  const clear =
    chosen === null
      ? nothing
      : html` <a href="${address(`${apiPath}/analytics`, [...range, ...filter])}">${wording.say("compareNothing")}</a>`;
  return html`<form class="picker" method="get" action="${apiPath}/analytics">${[...range, ...filter].map(hidden)}
<label>${wording.say("compareBy")} <select name="by">${options}</select></label> <button type="submit">${wording.say("compare")}</button>${clear}</form>`;
}

function values(
  { attribute, overlap, rankability, groups }: SliceFigures,
  selection: Selection,
  wording: Wording,
  context: ViewContext,
): Html {
  if (groups.length === 0) return html`<p class="quiet">${wording.say("noValues")}</p>`;
  const rated = groups.filter(({ kind, responses }) => kind === "value" && responses > 0);
  const title = `${wording.say("byAttribute")}: ${attributeInWords(attribute)}`;
  const rows = groups.map((group) => comparedOf(group, attribute, selection, wording, context));
  return html`${rated.length < 2 ? nothing : orderInWords(rankability, "byChanceValues", wording)}
${overlap ? html`<p class="quiet">${wording.say("valuesOverlap")}</p>` : nothing}
${standingsTable(rows, { title, column: wording.say("value") }, wording)}
${howCompared(rankability, wording)}`;
}

function comparedOf(
  { kind, value, responses, averageRating, estimate, estimateInterval, place }: SliceGroup,
  attribute: string,
  { range, filter }: Selection,
  wording: Wording,
  { apiPath }: ViewContext,
): Compared {
  const standing = { responses, averageRating, estimate, estimateInterval, place };
  if (value === null) {
    const name = html`${wording.say(kind === "other" ? "otherValues" : "withoutValue")}`;
    return { ...standing, name, href: null, whyNone: wording.say("takesNoPart") };
  }
  return {
    ...standing,
    name: html`<bdi>${value}</bdi>`,
    href: address(`${apiPath}/analytics`, [...range, ...filter, whereIs(attribute, value)]),
    whyNone: wording.say(responses === 0 ? "noResponses" : "noEstimate"),
  };
}
