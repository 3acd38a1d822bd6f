export { type CsatViews, type CsatViewsOptions, csatViews, type LaidOutView } from "./csat-views.ts";
export type { ColorScheme } from "./document.ts";
export { stylesheet } from "./style/stylesheet.ts";
export { viewTexts } from "./texts/languages/index.ts";
export type {
  CountedKey,
  CountedText,
  JournalTexts,
  PlainKey,
  ViewSentences,
  ViewTexts,
} from "./texts/view-texts.ts";
