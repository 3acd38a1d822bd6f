// Tells TypeScript that templates may hold <csat-view>, with which attributes and events.
import type { CsatErrorEvent, CsatNavigateEvent, CsatViewAttributes } from "@csat/ui/element";
import type { HTMLAttributes } from "vue";

type Props = HTMLAttributes &
  Pick<CsatViewAttributes, "src" | "crossorigin" | "headers"> & {
    readonly onCsatNavigate?: (event: CsatNavigateEvent) => void;
    readonly onCsatError?: (event: CsatErrorEvent) => void;
  };

declare module "vue" {
  interface GlobalComponents {
    "csat-view": new () => { readonly $props: Props };
  }
}
