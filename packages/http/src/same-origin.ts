import { CsatError } from "@csat/core";

/**
 * Lets a state-changing request of an operator pass only when it cannot come from a stranger's page.
 *
 * | Origin | Sec-Fetch-Site | passes |
 * | --- | --- | --- |
 * | the request's own | neither cross-site nor same-site | yes |
 * | another, trusted | any | yes |
 * | any other | any | no |
 * | absent, or `null` | same-origin | yes |
 * | absent, or `null` | any other | no |
 * | `null` | absent | no |
 * | absent | absent | without a cookie: no browser sent it |
 *
 * @throws CsatError `forbidden`
 */
export function refuseForeignOrigin(request: Request, trustedOrigins: ReadonlySet<string>): void {
  if (isOurs(request, trustedOrigins)) return;
  throw new CsatError(
    "forbidden",
    "This request comes from another site. Send it from the helpdesk's own pages, or add their origin to allowedOrigins.",
  );
}

function isOurs({ headers, url }: Request, trustedOrigins: ReadonlySet<string>): boolean {
  const origin = headers.get("origin");
  const site = headers.get("sec-fetch-site");
  // A page with the policy no-referrer posts `Origin: null` even to its own site; then Sec-Fetch-Site decides.
  if (origin !== null && origin !== "null") {
    const isOwn = origin === new URL(url).origin;
    return isOwn ? site !== "cross-site" && site !== "same-site" : trustedOrigins.has(origin);
  }
  if (site !== null) return site === "same-origin";
  return origin === null && !headers.has("cookie");
}
