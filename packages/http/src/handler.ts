import { CsatError, isCsatError } from "@csat/core";
import { answerOperator } from "./answer-operator.ts";
import { answerVisitor } from "./answer-visitor.ts";
import { answerAsset } from "./assets.ts";
import { type CheckedOptions, checkOptions } from "./check-options.ts";
import type { HandlerCsat } from "./csat-port.ts";
import { errorResponse, methodNotAllowed } from "./error-response.ts";
import type { HandlerOptions } from "./handler-options.ts";
import { mailedLink } from "./mailed-link.ts";
import { matchRoute } from "./match-route.ts";
import { answerAllowedPreflight, openedToAllowedOrigins } from "./open-to-allowed-origins.ts";
import { answerPreflight } from "./open-to-origins.ts";
import { type Methods, type Route, routes, type VisitorRoute, visitorRoutes } from "./routes.ts";

/**
 * Makes the one handler for all routes. It never throws and never rejects: every failure becomes a response without
 * stack or cause. Keeps no state between requests.
 * @throws CsatError `invalid_config`, at once, when an option is wrong
 */
export function createHandler(
  csat: HandlerCsat,
  options: HandlerOptions,
): (request: Request) => Promise<Response> {
  const checked = checkOptions(csat, options);
  return async (request) => {
    try {
      const response = await dispatch({ csat, options: checked, request });
      return request.method === "HEAD" ? await withoutBody(response) : response;
    } catch (error) {
      if (!isCsatError(error, "invalid_input")) checked.report(error);
      return errorResponse(error);
    }
  };
}

interface Dispatch {
  readonly csat: HandlerCsat;
  readonly options: CheckedOptions;
  readonly request: Request;
}

async function dispatch({ csat, options, request }: Dispatch): Promise<Response> {
  const url = addressOf(request);
  // Whatever looks like a mailed link, cut short or grown by a character, deserves the page instead of JSON.
  for (const route of visitorRoutes) {
    const link = mailedLink(url.pathname, options.basePath + route.path.slice(0, -"/:token".length));
    if (link === null) continue;
    const call = { csat, options, request, url, token: link.token };
    if (request.method === "OPTIONS" && route.isOpenToOrigins) return answerPreflight(call, allowedBy(route));
    const serve = handlerFor(route.methods, request.method);
    if (serve === undefined) return methodNotAllowed(allowedBy(route));
    return await answerVisitor({ call, route, key: link.key, serve });
  }
  return openedToAllowedOrigins({ request, options }, await answerRoute({ csat, options, request, url }));
}

async function answerRoute({
  csat,
  options,
  request,
  url,
}: Dispatch & { readonly url: URL }): Promise<Response> {
  const match = matchRoute(routes, below(options.basePath, url.pathname));
  if (match === null) return errorResponse(new CsatError("not_found", "There is nothing at this address."));
  const { route, parameter } = match;
  if (request.method === "OPTIONS") return answerAllowedPreflight({ request, options }, allowedBy(route));
  if (route.action === "asset") {
    if (handlerFor(route.methods, request.method) === undefined) return methodNotAllowed(allowedBy(route));
    return await answerAsset(options.views, parameter ?? "", request);
  }
  const serve = handlerFor(route.methods, request.method);
  if (serve === undefined) return methodNotAllowed(allowedBy(route));
  return await answerOperator({ csat, options, request, url, action: route.action, id: parameter, serve });
}

// A name has 253 characters (RFC 1035), a port six with its colon; to read a longer one of other alphabets takes long.
const maxHostLength = 260;

// A server may hand on a Host header that no URL can hold.
function addressOf({ url }: Request): URL {
  const host = url.indexOf("//") + 2;
  const end = url.indexOf("/", host);
  if ((end === -1 ? url.length : end) - host <= maxHostLength && URL.canParse(url)) return new URL(url);
  throw new CsatError("invalid_input", "The request's Host header is no host name.");
}

// What lies outside the base path is nothing of ours: no route is the empty path.
function below(basePath: string, pathname: string): string {
  return pathname.startsWith(`${basePath}/`) ? pathname.slice(basePath.length) : "";
}

// The request line alone decides: no override header, query or field can turn a GET into a POST.
function handlerFor<Handle>(methods: Methods<Handle>, method: string): Handle | undefined {
  switch (method) {
    case "GET":
    case "HEAD":
      return methods.GET;
    case "PUT":
      return methods.PUT;
    case "POST":
      return methods.POST;
    default:
      return undefined;
  }
}

function allowedBy({ methods }: Pick<Route | VisitorRoute, "methods">): readonly string[] {
  const names = Object.keys(methods);
  return methods.GET === undefined ? names : ["GET", "HEAD", ...names.filter((name) => name !== "GET")];
}

async function withoutBody(response: Response): Promise<Response> {
  await response.body?.cancel();
  return new Response(null, { status: response.status, headers: response.headers });
}
