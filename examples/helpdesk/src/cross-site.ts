import type { MiddlewareHandler } from "hono";
import { refuse } from "./refuse.ts";

/**
 * Refuses changes that another site's page asks for in the name of the person at the browser, by the rules of the
 * library's own routes. A program that sends neither cookie nor origin acts in nobody's name and may stay silent.
 */
export function refuseCrossSite(origins: readonly string[]): MiddlewareHandler {
  return async ({ req: { method, raw } }, next) => {
    if (method !== "GET" && method !== "HEAD" && !isOurs(raw.headers, origins)) {
      refuse(403, "forbidden", "Changes are taken from the helpdesk's own pages only.");
    }
    await next();
  };
}

function isOurs(headers: Headers, origins: readonly string[]): boolean {
  const origin = headers.get("origin");
  const site = headers.get("sec-fetch-site");
  // A page without referrer posts `Origin: null` even to its own site; then Sec-Fetch-Site decides.
  if (origin !== null && origin !== "null") return origins.includes(origin);
  if (site !== null) return site === "same-origin";
  return origin === null && !headers.has("cookie");
}
