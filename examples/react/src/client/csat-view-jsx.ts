// Tells TypeScript that JSX may hold <csat-view>, with which attributes. React sets `headers` as a property and listens
// to what starts with `on`.
import type { CsatView, CsatViewAttributes } from "@csat/ui/element";

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "csat-view": DetailedHTMLProps<HTMLAttributes<CsatView>, CsatView> & CsatViewAttributes;
    }
  }
}
