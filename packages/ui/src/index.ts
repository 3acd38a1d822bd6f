export { type CsatViews, type CsatViewsOptions, csatViews, type LaidOutView } from "./csat-views.ts";
export { stylesheet } from "./style/stylesheet.ts";
