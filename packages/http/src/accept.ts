import { parseAccept } from "hono/utils/accept";

/** True when the client would rather have HTML than JSON, as browsers say; a wildcard or no header prefers neither. */
export function prefersHtml(request: Request): boolean {
  return quality(request, "text/html") > quality(request, "application/json");
}

/** True when the client would rather have JSON than HTML. */
export function prefersJson(request: Request): boolean {
  return quality(request, "application/json") > quality(request, "text/html");
}

// The most specific range decides, whatever its place: `text/html;q=0.1, */*` prefers JSON.
function quality(request: Request, type: string): number {
  const ranges = parseAccept(beginningOf(request.headers.get("accept") ?? "*/*"));
  for (const wanted of [type, `${type.split("/")[0]}/*`, "*/*"]) {
    const range = ranges.find((candidate) => candidate.type.toLowerCase() === wanted);
    if (range !== undefined) return range.q;
  }
  return 0;
}

// Browsers send 150 characters.
const maxLength = 1_000;

// What lies behind is not looked at, and a range that is cut not either.
function beginningOf(header: string): string {
  if (header.length <= maxLength) return header;
  return header.slice(0, Math.max(0, header.lastIndexOf(",", maxLength)));
}
