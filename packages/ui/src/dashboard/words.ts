import { type Html, html } from "../html.ts";
import type { Wording } from "../texts/wording.ts";

/** A dash where there is no figure; why stands on hover and for screen readers. */
export function none(reason: string, wording: Wording): Html {
  return html`<span class="none" title="${reason}"><span aria-hidden="true">–</span><span class="unseen">${wording.say("none", { reason })}</span></span>`;
}

/** A figure, or a dash with the reason where it is null. */
export function orNone(
  value: number | null,
  show: (value: number) => string,
  reason: string,
  wording: Wording,
): Html {
  return value === null ? none(reason, wording) : html`${show(value)}`;
}

/** A moment as its distance from now; the exact time stands on hover. */
export function ago(time: Date, shown: { readonly distance: string; readonly exact: string }): Html {
  return html`<time datetime="${time.toISOString()}" title="${shown.exact}">${shown.distance}</time>`;
}

/** The name of an attribute as it is read. */
export function attributeInWords(attribute: string): string {
  return attribute.replaceAll("_", " ");
}

/** An attribute and its value, for a sentence. */
export function valueInWords({ attribute, value }: { readonly attribute: string; readonly value: string }): {
  readonly attribute: Html;
  readonly value: Html;
} {
  return { attribute: html`<bdi>${attributeInWords(attribute)}</bdi>`, value: html`<bdi>${value}</bdi>` };
}
