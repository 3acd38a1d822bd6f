import type { PublicCall } from "./call.ts";
import { methodNotAllowed } from "./error-response.ts";

/**
 * What a browser asks before a page of another origin may post JSON: yes to the pages of `surveyOrigins`, 405 to all
 * others, as any other method gets. Credentials are never let in: the link is all that there is.
 */
export function answerPreflight({ request, options }: PublicCall, allowed: readonly string[]): Response {
  const origin = request.headers.get("origin") ?? "";
  if (!options.surveyOrigins.has(origin)) return methodNotAllowed(allowed);
  return new Response(null, {
    status: 204,
    headers: {
      "access-control-allow-origin": origin,
      "access-control-allow-methods": allowed.join(", "),
      "access-control-allow-headers": "content-type",
      "access-control-max-age": "600",
      vary: "Origin",
    },
  });
}

/**
 * True for an answer that a script of another site posts, unless its origin is named. A form of such a site is none, as one
 * in a mail is none: a person presses its button.
 */
export function isForeignScript({ request: { method, headers }, options }: PublicCall): boolean {
  // Browsers alone send these two, and no page can change them.
  const site = headers.get("sec-fetch-site");
  const isForeign = site === "cross-site" || site === "same-site";
  const isScript = (headers.get("sec-fetch-mode") ?? "navigate") !== "navigate";
  if (method !== "POST" || !isForeign || !isScript) return false;
  return !options.surveyOrigins.has(headers.get("origin") ?? "");
}

/** The response as named origins may read it, and frame it where it is a page. Without such origins it is what it was. */
export function openedToOrigins(
  { request, options: { surveyOrigins, frameAncestors } }: PublicCall,
  response: Response,
): Response {
  const { headers } = response;
  if (surveyOrigins.size > 0) {
    headers.append("vary", "Origin");
    const origin = request.headers.get("origin") ?? "";
    if (surveyOrigins.has(origin)) headers.set("access-control-allow-origin", origin);
  }
  const isPage = headers.get("content-type")?.startsWith("text/html") === true;
  if (frameAncestors.length > 0 && isPage) {
    const policy = headers.get("content-security-policy") ?? "";
    const named = `frame-ancestors ${frameAncestors.join(" ")}`;
    headers.set("content-security-policy", policy.replace("frame-ancestors 'none'", named));
    // It can name nobody.
    headers.delete("x-frame-options");
  }
  return response;
}
