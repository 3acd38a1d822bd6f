import type { CheckedOptions } from "./check-options.ts";
import type { HandlerCsat } from "./csat-port.ts";
import type { Principal } from "./handler-options.ts";
import type { ViewData, Views } from "./views.ts";

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
  /** True when they may also exclude this ticket's answer: what a view offers. Never rejects. */
  mayExclude(ticketId: string): Promise<boolean>;
  /** Takes what fails after the answer has begun. Never throws. */
  report(error: unknown): void;
}

/** What an operator route answers: data, which becomes JSON or a view, or a response of its own. */
export type OperatorAnswer = Answered | Response;

/** Data, and how a view of it is drawn. */
export interface Answered {
  readonly status: number;
  /** What JSON clients get. */
  readonly data: unknown;
  draw(views: Views, request: Request): Promise<Response>;
}

/** Answers with a view's data, which is checked against the view's name. */
export function answerWith<View extends keyof ViewData>(view: View, data: ViewData[View]): Answered {
  return answerWithMore(view, data, async () => data);
}

/** The same for a view that shows more than JSON clients get; `read` fetches that when a view is drawn. */
export function answerWithMore<View extends keyof ViewData>(
  view: View,
  data: unknown,
  read: () => Promise<ViewData[View]>,
): Answered {
  return {
    status: 200,
    data,
    draw: async (views, request) => await views.render(view, await read(), request),
  };
}
