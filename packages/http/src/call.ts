import type { CheckedOptions } from "./check-options.ts";
import type { HandlerCsat } from "./csat-port.ts";
import type { Principal } from "./handler-options.ts";
import type { ViewData } from "./views.ts";

/** One request to the public page. */
export interface PublicCall {
  readonly csat: HandlerCsat;
  readonly options: CheckedOptions;
  readonly request: Request;
  readonly url: URL;
  /** As in the link, percent-decoded; null when it cannot be decoded. */
  readonly token: string | null;
}

/** One request of an operator who may make it. */
export interface OperatorCall {
  readonly csat: HandlerCsat;
  readonly request: Request;
  readonly url: URL;
  readonly principal: Principal;
  /** The id in the path; empty where the route has none. */
  readonly id: string;
  /** Takes what fails after the answer has begun. Never throws. */
  report(error: unknown): void;
}

/** What an operator route answers: data, which becomes JSON or a view, or a response of its own. */
export type OperatorAnswer = Answered | Response;

interface Answered {
  readonly status: number;
  readonly view: keyof ViewData;
  /** What JSON clients get. */
  readonly data: unknown;
  /** What the view gets, where that is more: as it is, or read only when a view is drawn. */
  readonly viewData?: unknown;
  readonly readViewData?: () => Promise<unknown>;
}

/** Answers with a view's data, which is checked against the view's name. */
export function answerWith<View extends keyof ViewData>(view: View, data: ViewData[View]): OperatorAnswer {
  return { status: 200, view, data };
}

/** The same for a view that shows more than JSON clients get; `read` fetches that when a view is drawn. */
export function answerWithMore<View extends keyof ViewData>(
  view: View,
  data: unknown,
  read: () => Promise<ViewData[View]>,
): OperatorAnswer {
  return { status: 200, view, data, readViewData: read };
}
