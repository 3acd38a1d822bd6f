import { CsatError } from "@csat/core";

/** Whose pages may change something for operators. The Host header is none of it: whoever asks may write it. */
export interface TrustedOrigins {
  /** That of `publicUrl`; null when it is not known. */
  readonly own: string | null;
  /** Those of `allowedOrigins`. */
  readonly allowed: ReadonlySet<string>;
}

/**
 * Lets a state-changing request of an operator pass only when it cannot come from a stranger's page.
 *
 * | Origin | Sec-Fetch-Site | passes |
 * | --- | --- | --- |
 * | one of `allowedOrigins` | any | yes |
 * | that of `publicUrl` | neither cross-site nor same-site | yes |
 * | any other | any | no |
 * | absent, or `null` | same-origin | yes |
 * | absent, or `null` | any other | no |
 * | `null` | absent | no |
 * | absent | absent | without a cookie: no browser sent it |
 *
 * @throws CsatError `forbidden`
 */
export function refuseForeignOrigin(request: Request, trusted: TrustedOrigins): void {
  if (isOurs(request, trusted)) return;
  throw new CsatError(
    "forbidden",
    "This request comes from another site than publicUrl. Send it from the helpdesk's own pages, or add their origin to allowedOrigins.",
  );
}

function isOurs({ headers }: Request, { own, allowed }: TrustedOrigins): boolean {
  const origin = headers.get("origin");
  const site = headers.get("sec-fetch-site");
  // A page with the policy no-referrer posts `Origin: null` even to its own site; then Sec-Fetch-Site decides.
  if (origin !== null && origin !== "null") {
    return allowed.has(origin) || (origin === own && site !== "cross-site" && site !== "same-site");
  }
  if (site !== null) return site === "same-origin";
  return origin === null && !headers.has("cookie");
}
