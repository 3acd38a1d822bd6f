/** A route as far as matching goes: segments with at most one `:parameter`. */
export interface Pattern {
  readonly path: string;
}

/** The route that a path belongs to, and its parameter: null when it is malformed, empty when the route has none. */
export interface Match<Route extends Pattern> {
  readonly route: Route;
  readonly parameter: string | null;
}

/**
 * Finds the route of a path as `URL.pathname` gives it, with or without a slash at its end, which frameworks and proxies
 * add; an encoded slash stays inside its segment. Null when there is none.
 */
export function matchRoute<Route extends Pattern>(
  routes: readonly Route[],
  pathname: string,
): Match<Route> | null {
  const given = withoutEndSlash(pathname).split("/");
  for (const route of routes) {
    const wanted = route.path.split("/");
    if (wanted.length !== given.length) continue;
    if (
      !wanted.every((segment, index) =>
        isParameter(segment) ? given[index] !== "" : segment === given[index],
      )
    )
      continue;
    const at = wanted.findIndex(isParameter);
    return { route, parameter: decodeSegment(given[at] ?? "") };
  }
  return null;
}

function isParameter(segment: string): boolean {
  return segment.startsWith(":");
}

// 200 characters, the longest id there is, each of four bytes and percent-encoded.
const maxSegmentLength = 200 * 4 * "%F0".length;

/** A segment of a path, percent-decoded; null when it cannot be, or is longer than any id. */
export function decodeSegment(segment: string): string | null {
  if (segment.length > maxSegmentLength) return null;
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}

/** The path without the one slash that may stand at its end. */
export function withoutEndSlash(pathname: string): string {
  return pathname.endsWith("/") ? pathname.slice(0, -1) : pathname;
}
