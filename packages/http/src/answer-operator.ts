import { CsatError } from "@csat/core";
import { prefersHtml } from "./accept.ts";
import { authorize, mayAlso } from "./authorize.ts";
import { type Answered, answerWith, type OperatorAnswer, type OperatorCall } from "./call.ts";
import type { CheckedOptions } from "./check-options.ts";
import type { HandlerCsat } from "./csat-port.ts";
import { describeError } from "./error-body.ts";
import { errorResponse, jsonResponse } from "./error-response.ts";
import type { Action } from "./handler-options.ts";
import { checkQuery } from "./query.ts";
import { refuseForeignOrigin } from "./same-origin.ts";
import { viewHeaders } from "./security-headers.ts";

/** An operator's request on its way to its route. */
export interface OperatorVisit {
  readonly csat: HandlerCsat;
  readonly options: CheckedOptions;
  readonly request: Request;
  readonly url: URL;
  readonly action: Action["kind"];
  /** The id in the path, null when it cannot be decoded; empty where the route has none. */
  readonly id: string | null;
  readonly serve: (call: OperatorCall) => Promise<OperatorAnswer>;
}

/** Serves an operator who may do this: first the address is judged, then who asks, then whether their own page asks. */
export async function answerOperator(visit: OperatorVisit): Promise<Response> {
  try {
    const answer = await serve(visit);
    if (answer instanceof Response) return answer;
    return (await drawn(visit, answer)) ?? jsonResponse(answer.status, answer.data);
  } catch (error) {
    const { status, body } = describeError(error);
    if (status >= 500) visit.options.report(error);
    return (await drawn(visit, { ...answerWith("error", body), status })) ?? errorResponse(error);
  }
}

async function serve({
  csat,
  options,
  request,
  url,
  action,
  id,
  serve,
}: OperatorVisit): Promise<OperatorAnswer> {
  const known = checkId(id);
  checkQuery(url);
  const principal = await authorize(
    request,
    isOfWorkspace(action) ? { kind: action } : { kind: action, ticketId: known },
    options,
  );
  if (request.method !== "GET" && request.method !== "HEAD")
    refuseForeignOrigin(request, options.trustedOrigins);
  const mayExclude = (ticketId: string) =>
    mayAlso(request, { principal, action: { kind: "exclusions", ticketId } }, options);
  return await serve({ csat, request, url, principal, id: known, mayExclude, report: options.report });
}

const ofWorkspace = ["settings", "analytics", "own_analytics", "webhooks", "customers"] as const;

function isOfWorkspace(action: Action["kind"]): action is (typeof ofWorkspace)[number] {
  return ofWorkspace.some((kind) => kind === action);
}

// Judged before the host sees it: its own look-up should not have to fear NUL.
function checkId(id: string | null): string {
  if (id !== null && !/\p{Cc}/u.test(id) && Array.from(id).length <= 200) return id;
  throw new CsatError("invalid_input", "The address holds an id that cannot exist.", {
    issues: [
      { path: "id", message: "must be 1 to 200 characters, percent-encoded, without control characters" },
    ],
  });
}

// Null when there is nobody to draw it, or drawing fails: then JSON must do.
async function drawn({ options, request }: OperatorVisit, answer: Answered): Promise<Response | null> {
  if (options.views === null || !prefersHtml(request)) return null;
  try {
    const response = await answer.draw(options.views, request);
    const headers = new Headers(response.headers);
    for (const [name, value] of Object.entries(viewHeaders)) {
      if (!headers.has(name)) headers.set(name, value);
    }
    headers.append("vary", "Accept");
    return new Response(response.body, { status: answer.status, headers });
  } catch (error) {
    options.report(error);
    return null;
  }
}
