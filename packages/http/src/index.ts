export type { HandlerCsat } from "./csat-port.ts";
export type { ErrorBody, HttpErrorCode } from "./error-body.ts";
export { fixedWindowLimiter, type LimiterOptions } from "./fixed-window-limiter.ts";
export { createHandler } from "./handler.ts";
export type { Action, HandlerOptions, Principal } from "./handler-options.ts";
export { englishTexts, type PageTexts } from "./pages/texts.ts";
export type { ViewData, Views } from "./views.ts";
