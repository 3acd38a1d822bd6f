import type { CheckedOptions } from "./check-options.ts";
import { methodNotAllowed } from "./error-response.ts";

/** A request for an operator's route or for a file of the views, whoever sent it. */
interface Asked {
  readonly request: Request;
  readonly options: CheckedOptions;
}

// What `<csat-view>` sends beside what every page may, and JSON clients too.
const headersOfViews = ["authorization", "content-type", "x-csat-embed"];
// What `<csat-view>` reads beside what every page may.
const headersForViews = "content-disposition, x-csat-title";

/**
 * What a browser asks before a page of another origin may send an operator's request: yes to the pages of `allowedOrigins`,
 * with whichever headers they mean to send, 405 to all others, as any other method gets. `authorize` is not asked: a
 * preflight brings no credentials. `openedToAllowedOrigins` adds for whom it is.
 */
export function answerAllowedPreflight({ request, options }: Asked, methods: readonly string[]): Response {
  if (allowedOriginOf(request, options) === null) return methodNotAllowed(methods);
  const headers = new Set([...headersOfViews, ...headersAsked(request)]);
  return new Response(null, {
    status: 204,
    headers: {
      "access-control-allow-methods": methods.join(", "),
      "access-control-allow-headers": [...headers].join(", "),
      "access-control-max-age": "600",
      vary: "Access-Control-Request-Headers",
    },
  });
}

/** The response as pages of `allowedOrigins` may read it, with cookies too. Without such origins it is what it was. */
export function openedToAllowedOrigins({ request, options }: Asked, response: Response): Response {
  if (options.trustedOrigins.allowed.size === 0) return response;
  const { headers } = response;
  headers.append("vary", "Origin");
  const origin = allowedOriginOf(request, options);
  if (origin === null) return response;
  headers.set("access-control-allow-origin", origin);
  headers.set("access-control-allow-credentials", "true");
  headers.set("access-control-expose-headers", headersForViews);
  return response;
}

// Letter by letter, as browsers write it (RFC 6454): none of another case, and never "null", which options refuse.
function allowedOriginOf({ headers }: Request, { trustedOrigins }: CheckedOptions): string | null {
  const origin = headers.get("origin");
  return origin !== null && trustedOrigins.allowed.has(origin) ? origin : null;
}

/** Names of headers that the page wants to send: the host's own, such as one against CSRF. */
function headersAsked({ headers }: Request): readonly string[] {
  const asked = headers.get("access-control-request-headers") ?? "";
  return asked.length > 1_000 ? [] : (asked.toLowerCase().match(/[\w!#$%&'*+.^`|~-]+/g) ?? []);
}
