export { type CsatViews, type CsatViewsOptions, csatViews, type LaidOutView } from "./csat-views.ts";
export type { NameOperators } from "./names-of.ts";
export { stylesheet } from "./style/stylesheet.ts";
