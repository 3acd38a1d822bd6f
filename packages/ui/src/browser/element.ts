import { CsatView } from "./csat-view.ts";

export type { CsatErrorEvent, CsatNavigateEvent } from "./csat-view.ts";
export { CsatView } from "./csat-view.ts";

if ("customElements" in globalThis && !customElements.get("csat-view"))
  customElements.define("csat-view", CsatView);

declare global {
  interface HTMLElementTagNameMap {
    "csat-view": CsatView;
  }
}
