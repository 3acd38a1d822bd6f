import { type CsatErrorEvent, type CsatNavigateEvent, CsatView } from "./csat-view.ts";

export type { CsatErrorEvent, CsatNavigateEvent, CsatViewAttributes } from "./csat-view.ts";
export { CsatView } from "./csat-view.ts";

if ("customElements" in globalThis && !customElements.get("csat-view"))
  customElements.define("csat-view", CsatView);

declare global {
  interface HTMLElementTagNameMap {
    "csat-view": CsatView;
  }
  // They bubble, so whatever stands around the element may listen as well.
  interface GlobalEventHandlersEventMap {
    "csat-navigate": CsatNavigateEvent;
    "csat-error": CsatErrorEvent;
  }
}
