import { type Html, html } from "../html.ts";

/** "1 response", "1,248 responses": `shown` is the number as the viewer writes it. */
export function counted(count: number, shown: string, noun: string): string {
  return `${shown} ${noun}${count === 1 ? "" : "s"}`;
}

/** A dash where there is no figure; why stands on hover and for screen readers. */
export function none(reason: string): Html {
  return html`<span class="none" title="${reason}"><span aria-hidden="true">–</span><span class="unseen">none: ${reason}</span></span>`;
}

/** A figure, or a dash with the reason where it is null. */
export function orNone(value: number | null, show: (value: number) => string, reason: string): Html {
  return value === null ? none(reason) : html`${show(value)}`;
}

/** Stands beside a figure of fewer than five answers. */
export const fewAnswers: Html = html`<span class="flag">few answers</span>`;

/** A moment as its distance from now; the exact time stands on hover. */
export function ago(time: Date, shown: { readonly distance: string; readonly exact: string }): Html {
  return html`<time datetime="${time.toISOString()}" title="${shown.exact}">${shown.distance}</time>`;
}
